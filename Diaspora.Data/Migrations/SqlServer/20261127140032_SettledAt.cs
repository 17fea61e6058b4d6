using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.SqlServer
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
                type: "datetime2",
                nullable: true);

            // What was settled before: the log knows when. A settling stands while a month that was not refunded is still as it decided it.
            migrationBuilder.Sql("""
                UPDATE "PaymentIntents" SET "SettledAt" =
                    (SELECT MAX("AuditEntries"."CreatedAt") FROM "AuditEntries"
                        INNER JOIN "Payments" ON "Payments"."IntentId" = "AuditEntries"."EntityId" AND "Payments"."DecidedAt" = "AuditEntries"."CreatedAt"
                        WHERE "AuditEntries"."EntityId" = "PaymentIntents"."Id" AND "AuditEntries"."Action" = 'PAYMENT_SETTLED' AND "Payments"."Status" <> 3)
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
