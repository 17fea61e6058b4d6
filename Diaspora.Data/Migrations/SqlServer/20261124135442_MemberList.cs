using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class MemberList : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Reminder_Kazakh",
                table: "Settings",
                type: "nvarchar(600)",
                maxLength: 600,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reminder_Russian",
                table: "Settings",
                type: "nvarchar(600)",
                maxLength: 600,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "MemberDues",
                columns: table => new
                {
                    MemberId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SortKey = table.Column<string>(type: "varchar(480)", unicode: false, maxLength: 480, nullable: false, collation: "Latin1_General_100_BIN2"),
                    NameKey = table.Column<string>(type: "nvarchar(240)", maxLength: 240, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Phone = table.Column<string>(type: "varchar(20)", unicode: false, maxLength: 20, nullable: false),
                    Number = table.Column<string>(type: "char(8)", unicode: false, fixedLength: true, maxLength: 8, nullable: false),
                    City = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true),
                    Standing = table.Column<int>(type: "int", nullable: false),
                    Debt = table.Column<long>(type: "bigint", nullable: false),
                    DebtMonths = table.Column<int>(type: "int", nullable: false),
                    Strip = table.Column<string>(type: "varchar(12)", unicode: false, maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PaidMonths = table.Column<int>(type: "int", nullable: false),
                    IsNew = table.Column<bool>(type: "bit", nullable: false),
                    LastPaidAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    RulesAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MemberDues", x => x.MemberId);
                    table.ForeignKey(
                        name: "FK_MemberDues_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_MemberDues_SortKey_MemberId",
                table: "MemberDues",
                columns: new[] { "SortKey", "MemberId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MemberDues");

            migrationBuilder.DropColumn(
                name: "Reminder_Kazakh",
                table: "Settings");

            migrationBuilder.DropColumn(
                name: "Reminder_Russian",
                table: "Settings");
        }
    }
}
