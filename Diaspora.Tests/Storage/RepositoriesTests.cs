using System.Reflection;
using Xunit;

namespace Diaspora.Tests.Storage;

/// <summary>A unit of work gives every repository that the domain asks for.</summary>
public sealed class RepositoriesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    public static TheoryData<Type> Interfaces =>
        [.. typeof(IStore).Assembly.GetTypes().Where(type => type.IsInterface && type.Name.EndsWith("Repository", StringComparison.Ordinal) && type != typeof(IAuditRepository))];

    [Theory]
    [MemberData(nameof(Interfaces))]
    public async Task Ask_ForARepository_IsAnsweredWithOneForTheWholeUnit(Type repository)
    {
        var ask = typeof(IWork).GetMethod(nameof(IWork.Repository), BindingFlags.Public | BindingFlags.Instance)!.MakeGenericMethod(repository);
        var (first, second) = await database.Get<IStore>().ReadAsync(work => Task.FromResult((ask.Invoke(work, null), ask.Invoke(work, null))));
        Assert.IsAssignableFrom(repository, first);
        Assert.Same(first, second);
        Assert.NotSame(first, await database.Get<IStore>().ReadAsync(work => Task.FromResult(ask.Invoke(work, null))));
    }

    [Fact]
    public async Task Ask_ForWhatNobodyKeeps_SaysWhatIsMissing()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => database.Get<IStore>().ReadAsync(work => Task.FromResult(work.Repository<IDisposable>())));
        Assert.Contains(nameof(IDisposable), fault.Message, StringComparison.Ordinal);
    }
}
