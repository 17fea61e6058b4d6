using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "TelegramChat",
                table: "MemberContacts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TelegramCode",
                table: "MemberContacts",
                type: "TEXT",
                unicode: false,
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TelegramCodeUntil",
                table: "MemberContacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TelegramLostAt",
                table: "MemberContacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TelegramSince",
                table: "MemberContacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_MemberContacts_TelegramChat",
                table: "MemberContacts",
                column: "TelegramChat",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MemberContacts_TelegramCode",
                table: "MemberContacts",
                column: "TelegramCode",
                unique: true);
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
