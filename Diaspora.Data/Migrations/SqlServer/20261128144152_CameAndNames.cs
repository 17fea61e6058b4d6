using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class CameAndNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PaymentIntents_ClaimedAt_CreatedAt",
                table: "PaymentIntents");

            migrationBuilder.DropIndex(
                name: "IX_Members_SortKey",
                table: "Members");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentIntents_Came",
                table: "PaymentIntents",
                columns: new[] { "ClaimedAt", "CreatedAt", "ReceivedOn", "RecordedBy", "Id", "PayerId" });

            migrationBuilder.CreateIndex(
                name: "IX_Members_ByName",
                table: "Members",
                columns: new[] { "SortKey", "Id", "JoinedOn", "City", "MergedIntoId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PaymentIntents_Came",
                table: "PaymentIntents");

            migrationBuilder.DropIndex(
                name: "IX_Members_ByName",
                table: "Members");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentIntents_ClaimedAt_CreatedAt",
                table: "PaymentIntents",
                columns: new[] { "ClaimedAt", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Members_SortKey",
                table: "Members",
                column: "SortKey");
        }
    }
}
