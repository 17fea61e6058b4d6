using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Settings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Settings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DeadlineDay = table.Column<int>(type: "int", nullable: false),
                    MonthsAhead = table.Column<int>(type: "int", nullable: false),
                    LapseAfterDays = table.Column<int>(type: "int", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UpdatedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Association_Address = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Association_AddressKazakh = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Association_Email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    Association_Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Association_NameKazakh = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Association_Phone = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Association_WhatsApp = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Kaspi_AccountPrefix = table.Column<string>(type: "varchar(8)", unicode: false, maxLength: 8, nullable: true),
                    Kaspi_Link = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Kaspi_Phone = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Kaspi_Recipient = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Settings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Fees",
                columns: table => new
                {
                    SettingsId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    From = table.Column<string>(type: "char(7)", unicode: false, fixedLength: true, maxLength: 7, nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fees", x => new { x.SettingsId, x.From });
                    table.ForeignKey(
                        name: "FK_Fees_Settings_SettingsId",
                        column: x => x.SettingsId,
                        principalTable: "Settings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Fees");

            migrationBuilder.DropTable(
                name: "Settings");
        }
    }
}
