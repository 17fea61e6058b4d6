using System.Diagnostics;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Receipts;
using Diaspora.Web.Kaspi.Statements;
using SkiaSharp;

namespace Diaspora.Tests.Kaspi;

/// <summary>
/// Files of each kind with pieces of them changed: a statement, a question or a refusal comes of each, and nothing else, however long it runs. <c>DIASPORA_FUZZ=long</c> takes
/// twenty thousand.
/// </summary>
public sealed class ReadingFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_128;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("DIASPORA_FUZZ") == "long";

    public static TheoryData<string, byte[]> Kinds => new()
    {
        { "new Gold", StatementFiles.Gold(StatementMonths.Small) },
        { "old Gold", new GoldFile { IsNew = false, Language = GoldLanguage.Kazakh, IsOverprinted = true }.Draw(StatementMonths.Small) },
        { "workbook", StatementFiles.PayXlsx(StatementMonths.Small) },
        { "report", StatementFiles.PayCsv(StatementMonths.Small, ';', StatementFiles.Cyrillic) },
        { "1C", StatementFiles.OneC(StatementMonths.Small, StatementFiles.Cyrillic) },
        { "table", StatementFiles.Table(StatementMonths.Small, encoding: StatementFiles.Cyrillic) },
        { "receipt", ReceiptReaderTests.Pdf("Фискальный чек", "6 000 ₸", "№ чека QR13458812002", "ФП 987654321012") },
        { "picture", ReceiptReaderTests.Screen("https://receipt.kaspi.kz/web/fiscal?i=123456789012", SKEncodedImageFormat.Jpeg) },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Read_AChangedFile_IsAnsweredOrRefused(string kind, byte[] file)
    {
        var count = IsLong ? (kind == "picture" ? 800 : 2750) : kind == "picture" ? 10 : kind == "workbook" ? 50 : 125;
        var mutation = new Mutation(new Random(Seed));
        Dictionary<string, int> outcomes = [];
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < count; round++)
        {
            var changed = mutation.Of(file);
            var began = Stopwatch.GetTimestamp();
            var outcome = Outcome(changed);
            slowest = new TimeSpan(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine($"{kind}: slowest {slowest.TotalMilliseconds:0} ms; {string.Join(", ", outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.Equal(count, outcomes.Values.Sum());
        Assert.True(outcomes.Count > 1, "Nothing that was changed made a difference.");
    }

    /// <summary>What is read goes through its identities too: they must stand whatever is in it.</summary>
    private static string Outcome(byte[] file)
    {
        var receipt = ReceiptReader.Read(file, TestContext.Current.CancellationToken) is not null ? "receipt, " : "";
        try
        {
            var reading = StatementReader.Read(file, null, TestContext.Current.CancellationToken);
            if (reading.Unnamed is { } unnamed)
            {
                reading = unnamed.Guess is { } guess ? StatementReader.Read(file, guess, TestContext.Current.CancellationToken) : reading;
            }

            return receipt + (reading.Statement is { } statement ? $"read {StatementIdentity.Of(statement.Format, statement.Account, statement.Lines).Distinct().Count() == statement.Lines.Count}" : "asked");
        }
        catch (DomainException refused)
        {
            return receipt + refused.Problem.Code;
        }
    }
}
