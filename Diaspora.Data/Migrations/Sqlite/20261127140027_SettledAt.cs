using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SettledAt : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "SettledAt",
                table: "PaymentIntents",
                type: "TEXT",
                nullable: true);

            // What was settled before: a settling was the last decision but for refunds, unless a month was undone and decided again since.
            migrationBuilder.Sql("""
                UPDATE "PaymentIntents" SET "SettledAt" =
                    (SELECT MAX("Payments"."DecidedAt") FROM "Payments" WHERE "Payments"."IntentId" = "PaymentIntents"."Id" AND "Payments"."Status" <> 3)
                WHERE "Received" IS NOT NULL AND "RecordedBy" IS NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SettledAt",
                table: "PaymentIntents");
        }
    }
}
