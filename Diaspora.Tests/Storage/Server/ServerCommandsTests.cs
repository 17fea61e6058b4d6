using System.Reflection;
using System.Runtime.CompilerServices;
using Diaspora.Data;
using Diaspora.Data.Accounts;
using Diaspora.Data.Audit;
using Diaspora.Data.Members.Import;
using Diaspora.Data.Notifications;
using Diaspora.Data.Operations;
using Diaspora.Domain.Import;
using Diaspora.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Diaspora.Tests.Storage.Server;

/// <summary>All that is ever sent to a SQL Server, taken where the driver would get it: right in its grammar, in an order where it is cut, and ready to be prepared.</summary>
public sealed class ServerCommandsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>Methods that ask the database nothing by themselves, and why.</summary>
    private static readonly Dictionary<string, string> Silent = new()
    {
        ["IDuplicateRepository.SaveAsync"] = "saves what was changed before",
        ["IOutboxRepository.Tell"] = "kept until the store writes it, see below",
        ["IImportBookingRepository.Prepare"] = "makes rows ready outside of the transaction",
        ["BackupArchives.CreateAsync"] = "asks by BackupHistory",
        ["BackupArchives.List"] = "looks at files",
        ["BackupArchives.Open"] = "looks at files",
        ["BackupArchives.VerifyAsync"] = "looks at files, and notes it by BackupHistory",
        ["BackupArchives.VerifyFileAsync"] = "looks at files",
        ["BackupRestore.RestoreAsync"] = "replaces a file",
        ["DatabaseGuard.LookAsync"] = "opens a connection of its own, see below",
        ["DatabaseCare.AnalyzeAsync"] = "SQL Server keeps count on its own",
    };

    /// <summary>Methods that no sample brings to their end, and why what is sent is all there is.</summary>
    private static readonly Dictionary<string, string> HalfWay = new()
    {
        ["IAccountRepository.SetFirstPasswordAsync"] = "refuses an account that has a password, as the sample has; it saves as SetPasswordAsync does",
    };

    private static readonly Type[] Interfaces = [.. RepositoriesTests.Interfaces.Select(row => row.Data), typeof(IAuditRepository)];

    /// <summary>Classes that open contexts of their own. A new one is found by its constructor.</summary>
    private static readonly Type[] Openers =
    [
        .. typeof(Store).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(IContextFactory)))),
    ];

    public static TheoryData<string> Questions => [.. Methods().Select(NameOf).Distinct()];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Ask_OnSqlServer_IsWhatTheServerTakes(string question)
    {
        List<SentCommand> sent = [];
        List<Exception?> ends = [];
        foreach (var method in Methods().Where(method => NameOf(method) == question))
        {
            foreach (var answers in (bool[])[false, true])
            {
                sent.AddRange(await AskAsync(method, answers, ends));
            }
        }

        Assert.True(!Silent.ContainsKey(question) == sent.Count > 0, $"{sent.Count} were sent: {ends.LastOrDefault()}");
        Assert.All(sent, Check);
        Assert.True(ends.Contains(null) || Silent.ContainsKey(question) || HalfWay.ContainsKey(question), $"Never came to its end, so something was not sent: {ends.LastOrDefault()}");
    }

    [Fact]
    public async Task Look_AtTheDatabaseBeforeTheStart_AsksWhatTheServerTakes()
    {
        var server = new CapturedServer(answers: true);
        await using var context = server.Create();
        await Record.ExceptionAsync(() => FoundDatabase.ReadAsync(context.Database.GetDbConnection(), ServerLook.Tables, CancellationToken.None));
        Assert.NotEmpty(server.Sent);
        Assert.All(server.Sent, Check);
    }

    /// <summary>A row of every table, as an import writes its own: each column is a parameter.</summary>
    [Fact]
    public async Task Insert_RowsOfAnyTable_ArePreparedWithSizes()
    {
        var server = new CapturedServer(answers: false);
        await using var context = server.Create();
        var insert = typeof(ServerCommandsTests).GetMethod(nameof(InsertAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
        var types = context.Model.GetEntityTypes().Where(type => !type.IsOwned()).ToList();
        foreach (var type in types)
        {
            await (Task)insert.MakeGenericMethod(type.ClrType).Invoke(null, [context])!;
        }

        Assert.Equal(2 * types.Count, server.Sent.Count);
        Assert.All(server.Sent, Check);
        foreach (var (command, type) in server.Sent.Where((_, index) => index % 2 == 0).Zip(types))
        {
            foreach (var (parameter, property) in command.Parameters.Zip(type.GetFlattenedProperties()))
            {
                // What a column takes without a limit is sent without one: the driver would cut it.
                Assert.True((parameter.Size == -1) == property.GetColumnType().Contains("(max)", StringComparison.Ordinal), $"{type.ClrType.Name}.{property.Name}: {property.GetColumnType()}, sent as {parameter.SqlDbType}({parameter.Size})");
                Assert.True(property.GetMaxLength() is not { } most || parameter.Size >= most, $"{type.ClrType.Name}.{property.Name} is cut");
            }
        }
    }

    /// <summary>The store asks it before each commit that tells anybody of anything.</summary>
    [Fact]
    public async Task Fill_TheOutbox_AsksWhatTheServerTakes()
    {
        var server = new CapturedServer(answers: true);
        await using var context = server.Create();
        var (outbox, rules) = (new OutboxRepository(context), new OutboxRules());
        rules.Use(Enum.GetValues<Channel>(), TimeSpan.Zero);
        outbox.Tell(new Notice(Cause.NewDevice, Samples.Id, Samples.Id, Samples.Now, NoticeFacts.None));
        await Record.ExceptionAsync(() => outbox.FillAsync(rules, Samples.Now, CancellationToken.None));
        Assert.NotEmpty(server.Sent);
        Assert.All(server.Sent, Check);
    }

    [Fact]
    public void Check_WhatTheServerDoesNotTake_IsNoticed()
    {
        Assert.ThrowsAny<Exception>(() => Check(new SentCommand("PRAGMA busy_timeout=5000", [], [])));
        Assert.ThrowsAny<Exception>(() => Check(new SentCommand("SELECT [Id] FROM [Members] LIMIT 5", [], [])));
        Assert.ThrowsAny<Exception>(() => Check(new SentCommand("SELECT instr([FullName], 'x') FROM [Members]", [], [])));
        Assert.ThrowsAny<Exception>(() => Check(new SentCommand("SELECT [Id] FROM [Members] ORDER BY (SELECT 1) OFFSET 5 ROWS", [], [])));
        Assert.ThrowsAny<Exception>(() => Check(new SentCommand("SELECT 1", [], ["@p has no size"])));
        Check(new SentCommand("""SELECT "Id" FROM [Members] ORDER BY [Id] OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY""", [], []));
    }

    /// <summary>Names and towns compare by their code on either database.</summary>
    [Fact]
    public void Compare_OnSqlServer_IsByCodeWhereSqliteDoesSo()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var binary = context.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => property.GetCollation() is not null).Select(property => $"{property.DeclaringType.GetTableName()}.{property.GetColumnName()}");
        Assert.Equal(
            ["MemberDues.City", "MemberDues.NameKey", "MemberDues.SortKey", "MemberDues.Strip", "Members.City", "Members.NameKey", "Members.NameSet", "Members.SortKey"], binary.Order(StringComparer.Ordinal));
    }

    /// <summary>One row, and two that differ by their key alone.</summary>
    private static async Task InsertAsync<T>(DiasporaDbContext context) where T : class
    {
        var rows = Enumerable.Range(1, 2).Select(number =>
        {
            var row = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
            foreach (var property in context.Entry(row).Properties.Where(property => property.Metadata.IsPrimaryKey() || property.Metadata.ClrType == typeof(AuditAction)))
            {
                property.CurrentValue = property.Metadata.ClrType == typeof(AuditAction) ? AuditAction.PaymentConfirmed
                    : property.Metadata.ClrType == typeof(Guid) ? Guid.NewGuid()
                    : property.Metadata.ClrType == typeof(string) ? $"{number}"
                    : property.Metadata.ClrType == typeof(int) || property.Metadata.ClrType == typeof(long) ? Convert.ChangeType(number, property.Metadata.ClrType, null)
                    : property.Metadata.ClrType.IsEnum ? Enum.ToObject(property.Metadata.ClrType, number)
                    : Samples.Of(property.Metadata.ClrType, property.Metadata.Name)[0];
            }

            return row;
        }).ToList();
        await BulkRows.Of(context, rows[..1]).InsertAsync(context, _ => { }, CancellationToken.None);
        await BulkRows.Of(context, rows).InsertAsync(context, _ => { }, CancellationToken.None);
    }

    private static void Check(SentCommand command)
    {
        Assert.Equal("", string.Join('\n', ServerGrammar.FaultsOf(command.Text)));
        Assert.Equal("", string.Join('\n', command.Unsized));
    }

    private async Task<IEnumerable<SentCommand>> AskAsync(MethodInfo method, bool answers, List<Exception?> ends)
    {
        var server = new CapturedServer(answers);
        foreach (var set in Samples.SetsFor(method.GetParameters().Select(parameter => (parameter.ParameterType, parameter.Name!))))
        {
            await using var context = server.Create();
            var work = new Work(context, database.Get<AccountManagers>());
            object subject = method.DeclaringType!.IsInterface ? work.Subject(method.DeclaringType) : ActivatorUtilities.CreateInstance(database.Services, method.DeclaringType, server);
            try
            {
                var prepared = Array.FindIndex(method.GetParameters(), parameter => parameter.ParameterType == typeof(IPreparedImport));
                if (prepared >= 0)
                {
                    set[prepared] = ((IImportBookingRepository)subject).Prepare(Samples.Id, [(BookedRow)Samples.Of(typeof(BookedRow), "")[0]!], Samples.Id, Samples.Now);
                }

                if (method.Invoke(subject, set) is Task task)
                {
                    await task;
                }

                await context.SaveChangesAsync();
                await work.AuditRepository.SaveAsync(CancellationToken.None);
                ends.Add(null);
            }
            catch (Exception fault)
            {
                // Nothing was found, or what was found does not fit what was asked by: all that was sent until then counts.
                ends.Add(fault);
            }
        }

        return server.Sent;
    }

    private static IEnumerable<MethodInfo> Methods() =>
        Interfaces.SelectMany(type => type.GetMethods()).Concat(Openers.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)))
            .Where(method => method is { IsSpecialName: false, IsGenericMethodDefinition: false, IsPrivate: false, IsFamily: false });

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private sealed class Work(DiasporaDbContext context, AccountManagers accounts) : IWork
    {
        public AuditRepository AuditRepository { get; } = new(context);

        public IAuditRepository Audit => AuditRepository;

        public object Subject(Type type) => type == typeof(IAuditRepository) ? AuditRepository : Repositories.Make(type, context, accounts, this);

        public TRepository Repository<TRepository>() where TRepository : class => (TRepository)Subject(typeof(TRepository));

        public void Announce(Change change)
        {
        }
    }
}
