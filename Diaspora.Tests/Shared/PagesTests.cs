using System.Collections;
using System.Reflection;
using Diaspora.Domain.Audit;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using MemberFilter = Diaspora.Domain.Members.MemberFilter;

namespace Diaspora.Tests.Shared;

/// <summary>Rows go, and an address that was kept stays: every list shows the last page there is and never that nobody is there. A new list is found by itself.</summary>
public sealed class PagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Far = 99;

    private static readonly object[] Filters =
    [
        new AuditFilter(Number: Far), new EvidenceFilter(Number: Far), new MatrixFilter(2026, Far), new MemberFilter(Number: Far), new MemberFilter("Алиев", Number: Far), new PaymentFilter(Number: Far),
        new PaymentFilter(Number: Far) { NeedsAttention = true }, .. Enum.GetValues<ReportListKind>().Select(kind => new ReportListFilter(kind, new Period(2026, 2), Far)),
    ];

    [Fact]
    public async Task Open_APageFarPastTheEnd_IsTheLast()
    {
        var admin = await database.AddAdminAsync();
        for (var index = 0; index <= MemberFilter.Size; index++)
        {
            await database.AddAsync($"Алиев Рашад {index}", joinedOn: "2026-01-05", passwordHash: null);
        }

        await database.Get<MemberService>().RefreshListingsAsync();
        var lists = typeof(MemberService).Assembly.GetTypes().Where(type => type.IsClass && type.Name.EndsWith("Service", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(method => PageOf(method.ReturnType) is not null).ToList();
        Assert.True(lists.Count >= 7, string.Join(", ", lists));
        List<(string List, int Number, int Count, int Shown)> shown = [];
        foreach (var list in lists)
        {
            var wanted = Assert.Single(list.GetParameters(), parameter => parameter.ParameterType.GetProperty("Number") is not null).ParameterType;
            var filters = Filters.Where(wanted.IsInstanceOfType).ToList();
            Assert.NotEmpty(filters);
            foreach (var filter in filters)
            {
                var task = (Task)list.Invoke(database.Get<IServiceProvider>().GetRequiredService(list.DeclaringType!), [admin, filter, CancellationToken.None])!;
                await task;
                var (page, rows, total) = PageIn(task.GetType().GetProperty("Result")!.GetValue(task)!);
                shown.Add(($"{list.DeclaringType!.Name}.{list.Name} {filter}", page.Number, page.Count, rows));
                Assert.True(page.Number == page.Count && (total == 0 || rows > 0), shown[^1].ToString());
            }
        }

        Assert.True(shown.Count(list => list is { Number: > 1, Shown: > 0 }) >= 5, string.Join('\n', shown));
    }

    /// <summary>The page itself, or the one that stands in the answer.</summary>
    private static Type? PageOf(Type answer)
    {
        if (!answer.IsGenericType || answer.GetGenericTypeDefinition() != typeof(Task<>))
        {
            return null;
        }

        var read = answer.GetGenericArguments()[0];
        return IsPage(read) ? read : read.GetProperties().Select(property => property.PropertyType).FirstOrDefault(IsPage);
    }

    private static (IPaged Page, int Rows, int Total) PageIn(object read)
    {
        var page = IsPage(read.GetType()) ? read : read.GetType().GetProperties().Single(property => IsPage(property.PropertyType)).GetValue(read)!;
        object Of(string name) => page.GetType().GetProperty(name)!.GetValue(page)!;
        return ((IPaged)page, ((ICollection)Of("Items")).Count, (int)Of("Total"));
    }

    private static bool IsPage(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>);
}
