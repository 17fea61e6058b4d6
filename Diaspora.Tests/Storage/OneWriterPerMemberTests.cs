using Diaspora.Data;
using Diaspora.Data.Members;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Audit;
using Diaspora.Tests.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Diaspora.Tests.Storage;

/// <summary>Every verb that changes a member's money or months holds the member before it reads what it decides by; a new verb or a new table is found by itself.</summary>
public sealed class OneWriterPerMemberTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Decisive = ["\"Payments\"", "\"PaymentIntents\"", "\"Credits\"", "\"Exemptions\"", "\"Suspensions\""];

    public static TheoryData<string> Scenarios => [.. VerbScenarios.All.Select(scenario => scenario.ToString())];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Change_ByAnyVerb_IsReadAndWrittenWithTheMemberHeld(string name)
    {
        var unguarded = new Unguarded(database.Folder);
        var process = database.Over(unguarded);
        var scenario = VerbScenarios.All.Single(scenario => scenario.ToString() == name);
        var stage = new Stage(process, await database.AddAdminAsync(), await database.AddCashierAsync(), await database.AddAsync("Алиев Рашад"));
        var call = await scenario.Prepare(stage);
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        unguarded.Steps.Clear();

        await call();

        Assert.DoesNotContain(unguarded.Steps, step => step.StartsWith(Unguarded.ChangedUnlocked, StringComparison.Ordinal));
        foreach (var attempt in AttemptsOf(unguarded.Steps).Where(attempt => attempt.Contains(Unguarded.Changed)))
        {
            var before = attempt.TakeWhile(step => step is not (Unguarded.Locked or Unguarded.Changed));
            Assert.DoesNotContain(before, step => Decisive.Any(table => step.Contains(table, StringComparison.Ordinal)) && !step.Contains(HeldMembers.Tag, StringComparison.Ordinal));
        }
    }

    /// <summary>A verb that forgot is run again with the member held from the start: slower, and right.</summary>
    [Fact]
    public async Task Change_AMemberWhoIsNotHeld_RunsAgainWithThemHeld()
    {
        var unguarded = new Unguarded(database.Folder);
        var member = await database.AddAsync("Алиев Рашад");
        await PaymentSetup.StartAsync(database, member, "2026-03");
        List<string> attempts = [];

        await database.Over(unguarded).Get<IStore>().WriteAsync(async work =>
        {
            attempts.Add(unguarded.Steps.Last());
            var intent = Assert.Single(await work.Duplicates.IntentsAsync([member.MemberId!.Value]));
            if (intent.IsPending)
            {
                intent.Confirm(member.MemberId, DateTime.UnixEpoch);
            }

            return true;
        });

        Assert.Equal([Unguarded.Began, Unguarded.Locked], attempts);
    }

    [Fact]
    public async Task Confirm_WhereRowsAreLocked_AsksOnceWhoseMonthsTheyAreAndLocksOnce()
    {
        var unguarded = new Unguarded(database.Folder);
        var cashier = await database.AddCashierAsync();
        var intentId = await PaymentSetup.StartAsync(database, await database.AddAsync("Алиев Рашад"), "2026-03", "2026-04");

        await PaymentSetup.ConfirmAsync(database.Over(unguarded), cashier, intentId);

        Assert.Equal(
            (1, 1, 1),
            (unguarded.Steps.Count(step => step == Unguarded.Began), unguarded.Steps.Count(step => step.Contains(HeldMembers.Tag, StringComparison.Ordinal)), unguarded.Steps.Count(step => step == Unguarded.Locked)));
    }

    [Fact]
    public void Table_OfThingsOfAMember_NamesEveryEntity()
    {
        using var context = new SqliteDesignTimeFactory().CreateDbContext([]);
        var known = context.Model.GetEntityTypes().Select(type => type.ClrType).Where(type => type.GetProperty(UnguardedContext.Owner) is not null).ToHashSet();
        Assert.Equal([typeof(Credit), typeof(Exemption), typeof(Payment), typeof(Suspension)], known.Where(Unguarded.IsOfAMember).OrderBy(type => type.Name));
        Assert.Empty(Unguarded.Aside.Keys.Except(known));
    }

    [Fact]
    public void Hold_OnSqlServer_LocksTheRowsThemselvesAndNoOthers()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var query = context.MemberRows([Guid.NewGuid(), Guid.NewGuid()]).ToQueryString();

        // The values stand before it under names that are shown without their sign.
        var sql = query[query.IndexOf("SELECT", StringComparison.Ordinal)..];
        var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        Assert.True(errors.Count == 0, sql);
        var found = new Visitor();
        tree.Accept(found);
        Assert.Equal([TableHintKind.UpdLock, TableHintKind.Rowlock], Assert.Single(found.Tables).TableHints.Select(hint => hint.HintKind));
        Assert.Equal(2, Assert.Single(found.Lists).Values.Count);
    }

    private static IEnumerable<IReadOnlyList<string>> AttemptsOf(IEnumerable<string> steps)
    {
        List<string> attempt = [];
        foreach (var step in steps)
        {
            if (step == Unguarded.Began)
            {
                yield return attempt;
                attempt = [];
            }

            attempt.Add(step);
        }

        yield return attempt;
    }

    private sealed class Visitor : TSqlFragmentVisitor
    {
        public List<NamedTableReference> Tables { get; } = [];

        public List<InPredicate> Lists { get; } = [];

        public override void Visit(NamedTableReference node) => Tables.Add(node);

        public override void Visit(InPredicate node) => Lists.Add(node);
    }
}
