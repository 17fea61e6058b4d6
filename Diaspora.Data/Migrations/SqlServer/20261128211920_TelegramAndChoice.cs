using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class TelegramAndChoice : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Silenced",
                table: "MemberContacts",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "TelegramChat",
                table: "MemberContacts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TelegramCode",
                table: "MemberContacts",
                type: "varchar(64)",
                unicode: false,
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TelegramCodeUntil",
                table: "MemberContacts",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TelegramLostAt",
                table: "MemberContacts",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TelegramSince",
                table: "MemberContacts",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_MemberContacts_TelegramChat",
                table: "MemberContacts",
                column: "TelegramChat",
                unique: true,
                filter: "[TelegramChat] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MemberContacts_TelegramCode",
                table: "MemberContacts",
                column: "TelegramCode",
                unique: true,
                filter: "[TelegramCode] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_MemberContacts_TelegramChat",
                table: "MemberContacts");

            migrationBuilder.DropIndex(
                name: "IX_MemberContacts_TelegramCode",
                table: "MemberContacts");

            migrationBuilder.DropColumn(
                name: "Silenced",
                table: "MemberContacts");

            migrationBuilder.DropColumn(
                name: "TelegramChat",
                table: "MemberContacts");

            migrationBuilder.DropColumn(
                name: "TelegramCode",
                table: "MemberContacts");

            migrationBuilder.DropColumn(
                name: "TelegramCodeUntil",
                table: "MemberContacts");

            migrationBuilder.DropColumn(
                name: "TelegramLostAt",
                table: "MemberContacts");

            migrationBuilder.DropColumn(
                name: "TelegramSince",
                table: "MemberContacts");
        }
    }
}
