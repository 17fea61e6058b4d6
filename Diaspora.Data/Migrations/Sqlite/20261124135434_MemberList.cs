using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 600,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reminder_Russian",
                table: "Settings",
                type: "TEXT",
                maxLength: 600,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "MemberDues",
                columns: table => new
                {
                    MemberId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SortKey = table.Column<string>(type: "TEXT", unicode: false, maxLength: 480, nullable: false, collation: "BINARY"),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false, collation: "BINARY"),
                    Phone = table.Column<string>(type: "TEXT", unicode: false, maxLength: 20, nullable: false),
                    Number = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 8, nullable: false),
                    City = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Standing = table.Column<int>(type: "INTEGER", nullable: false),
                    Debt = table.Column<long>(type: "INTEGER", nullable: false),
                    DebtMonths = table.Column<int>(type: "INTEGER", nullable: false),
                    Strip = table.Column<string>(type: "TEXT", unicode: false, maxLength: 12, nullable: false, collation: "BINARY"),
                    PaidMonths = table.Column<int>(type: "INTEGER", nullable: false),
                    IsNew = table.Column<bool>(type: "INTEGER", nullable: false),
                    LastPaidAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RulesAt = table.Column<DateTime>(type: "TEXT", nullable: true)
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
