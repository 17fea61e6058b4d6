using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Diaspora.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ReportFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Payments_IntentId",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Payments_Period_Status",
                table: "Payments");

            migrationBuilder.CreateTable(
                name: "ClosedMonths",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Month = table.Column<string>(type: "char(7)", unicode: false, fixedLength: true, maxLength: 7, nullable: false),
                    FiguresJson = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosedMonths", x => x.Id);
                });

            // The amount is part of a value in the model, which cannot name it in an index: so it stands here alone, in this one and the next.
            migrationBuilder.CreateIndex(
                name: "IX_Payments_SumsOfIntent",
                table: "Payments",
                columns: new[] { "IntentId", "Status", "Method", "Amount" });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_SumsOfMonth",
                table: "Payments",
                columns: new[] { "Period", "Status", "Method", "Amount", "MemberId" });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentIntents_ClaimedAt_CreatedAt",
                table: "PaymentIntents",
                columns: new[] { "ClaimedAt", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentIntents_ReceivedOn",
                table: "PaymentIntents",
                column: "ReceivedOn",
                filter: "\"ReceivedOn\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Members_JoinedOn_City_MergedIntoId",
                table: "Members",
                columns: new[] { "JoinedOn", "City", "MergedIntoId" });

            migrationBuilder.CreateIndex(
                name: "IX_Evidence_On",
                table: "Evidence",
                column: "On");

            migrationBuilder.CreateIndex(
                name: "IX_ClosedMonths_Month",
                table: "ClosedMonths",
                column: "Month",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ClosedMonths");

            migrationBuilder.DropIndex(
                name: "IX_Payments_SumsOfIntent",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Payments_SumsOfMonth",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_PaymentIntents_ClaimedAt_CreatedAt",
                table: "PaymentIntents");

            migrationBuilder.DropIndex(
                name: "IX_PaymentIntents_ReceivedOn",
                table: "PaymentIntents");

            migrationBuilder.DropIndex(
                name: "IX_Members_JoinedOn_City_MergedIntoId",
                table: "Members");

            migrationBuilder.DropIndex(
                name: "IX_Evidence_On",
                table: "Evidence");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_IntentId",
                table: "Payments",
                column: "IntentId");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_Period_Status",
                table: "Payments",
                columns: new[] { "Period", "Status" });
        }
    }
}
