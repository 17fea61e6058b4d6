using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class MonthsOfMember : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Payments_MemberId",
                table: "Payments");

            // The amount is part of a value in the model, which cannot name it in an index: so it stands here alone.
            migrationBuilder.CreateIndex(
                name: "IX_Payments_MonthsOfMember",
                table: "Payments",
                columns: new[] { "MemberId", "Status", "Amount", "Period" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Payments_MonthsOfMember",
                table: "Payments");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_MemberId",
                table: "Payments",
                column: "MemberId");
        }
    }
}
