using Diaspora.Tests.Faults;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Instances;
using Diaspora.Tests.Line;
using Diaspora.Tests.Members;
using Diaspora.Tests.Screens;
using Diaspora.Tests.Start;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Diaspora.Tests.Hosting;

/// <summary>The classes that take longest begin first: the last one of them would keep one core for a minute after all others are through.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        .. from type in (Type[])
           [
               typeof(RefusedStartTests), typeof(FirstScreenTests), typeof(KilledOperationTests), typeof(SecondScreenTests), typeof(ThirdScreenTests), typeof(BrokenLineTests),
               typeof(TypingBrowserTests), typeof(KillTests), typeof(StorageAwayTests), typeof(TwoPortalsTests), typeof(MemberListOtherFilterTests), typeof(MemberListFilterTests),
           ]
           select type.FullName!,
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(PlaceOf).ThenBy(collection => collection.UniqueID, StringComparer.Ordinal)];

    private static int PlaceOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains($" {name} ", StringComparison.Ordinal)) is >= 0 and var place ? place : Longest.Length;
}
