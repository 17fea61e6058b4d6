using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class MergedOnly : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Members_MergedIntoId",
                table: "Members");

            migrationBuilder.CreateIndex(
                name: "IX_Members_MergedIntoId",
                table: "Members",
                column: "MergedIntoId",
                filter: "\"MergedIntoId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Members_MergedIntoId",
                table: "Members");

            migrationBuilder.CreateIndex(
                name: "IX_Members_MergedIntoId",
                table: "Members",
                column: "MergedIntoId");
        }
    }
}
