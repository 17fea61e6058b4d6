using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Diaspora.Domain.Payments;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>The domain is built in floors. Each knows only those below it, and those on one floor do not know each other.</summary>
public sealed partial class FloorsTests
{
    private const string Root = "Diaspora.Domain";

    private static readonly Dictionary<string, int> Floors = new()
    {
        ["Kernel"] = 0,
        ["Access"] = 1,
        ["Audit"] = 2,
        ["Dues"] = 2,
        ["Operations"] = 2,
        ["Notifications"] = 2,
        ["Settings"] = 3,
        ["Content"] = 4,
        ["Members"] = 4,
        ["Payments"] = 5,
        ["Backups"] = 5,
        ["Rights"] = 5,
        ["Overview"] = 6,
        ["Import"] = 6,
        ["Merging"] = 6,
        ["Export"] = 6,
        ["Reports"] = 6,
        ["Certificates"] = 6,
        ["Cards"] = 6,
        ["Reminding"] = 6,
        ["Kaspi"] = 7,
    };

    private static readonly Assembly Domain = typeof(IStore).Assembly;

    private static IEnumerable<Type> OwnTypes => Domain.GetTypes().Where(type => type.Namespace?.StartsWith("Diaspora", StringComparison.Ordinal) == true);

    private static IEnumerable<string> OwnFiles => Directory.EnumerateFiles(Path.Combine(Sources.Root, Root), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [Fact]
    public void Stand_EveryNamespace_OnAFloor() =>
        None(OwnTypes.Where(type => !Floors.ContainsKey(FloorOf(type.Namespace!))).Select(type => $"{type.FullName} stands on no floor"));

    /// <summary>Fields, signatures and what the bodies of methods use; lambdas and the machines of async methods are nested types, so they are seen too.</summary>
    [Fact]
    public void Use_AFloor_OnlyWhatIsBelow()
    {
        var upward =
            from type in OwnTypes
            from known in TypesKnown.By(type)
            where known.Assembly == Domain && known.Namespace is { } space && space.StartsWith(Root, StringComparison.Ordinal) && !MayKnow(FloorOf(type.Namespace!), FloorOf(space))
            select $"{type.FullName} knows {known.FullName}";
        None(upward.Distinct());
    }

    /// <summary>The compiler copies constants and names into the code that uses them: of those only the source knows where they come from.</summary>
    [Fact]
    public void Name_AFloor_OnlyWhatIsBelow()
    {
        var typesOf = OwnTypes.ToLookup(type => FloorOf(type.Namespace!), type => type.Name.Split('`')[0]);
        var upward =
            from file in OwnFiles
            let source = Sources.WithoutComments(File.ReadAllText(file))
            let own = FloorOf(NamespaceOf(source))
            from name in UsingLines().Matches(source).Select(match => match.Groups["floor"].Value)
                .Concat(QualifiedNames().Matches(source).Where(match => typesOf[match.Groups["floor"].Value].Contains(match.Groups["type"].Value)).Select(match => match.Groups["floor"].Value))
            where !MayKnow(own, name)
            select $"{Sources.Short(file)} names {name}";
        None(upward.Distinct());
    }

    [Fact]
    public void Find_AFile_InTheFolderOfItsNamespace()
    {
        var elsewhere = OwnFiles.Where(file =>
            NamespaceOf(File.ReadAllText(file)) != Path.GetDirectoryName(Sources.Short(file))!.Replace('/', '.').Replace('\\', '.'));
        None(elsewhere.Select(Sources.Short));
    }

    /// <summary>A name that every file sees without saying so may come from the ground floor alone.</summary>
    [Fact]
    public void See_WithoutSaying_OnlyTheKernel()
    {
        var projects = string.Concat(((string[])["Directory.Build.props", "Diaspora.Domain/Diaspora.Domain.csproj"]).Select(file => File.ReadAllText(Path.Combine(Sources.Root, file))));
        Assert.Equal([$"{Root}.Kernel"], GivenNames().Matches(projects).Select(match => match.Groups["name"].Value));
    }

    [Fact]
    public void Hold_AUnitOfWork_NamesNoSlice() =>
        Assert.Equal(["Announce", "Audit", "Repository"], typeof(IWork).GetMembers().Where(member => member is not MethodInfo { IsSpecialName: true }).Select(member => member.Name).Order());

    /// <summary>What the tests above look with is not blind.</summary>
    [Fact]
    public void Look_IntoABody_SeesWhatItUses()
    {
        var seen = typeof(FloorsTests).Assembly.GetTypes().Where(type => type.FullName!.StartsWith(typeof(Planted).FullName!, StringComparison.Ordinal)).SelectMany(TypesKnown.By).ToHashSet();
        Assert.Contains(typeof(PaymentStatusInLedger), seen);
        Assert.Contains(typeof(Credit), seen);
        Assert.False(MayKnow("Dues", "Payments"));
        Assert.False(MayKnow("Import", "Merging"));
        Assert.True(MayKnow("Payments", "Dues"));
    }

    /// <summary>Says all that is wrong: an assertion about a collection shows the first few.</summary>
    private static void None(IEnumerable<string> wrong)
    {
        var all = string.Join('\n', wrong);
        Assert.True(all.Length == 0, all);
    }

    private static bool MayKnow(string floor, string other) =>
        floor == other || (Floors.TryGetValue(floor, out var own) && Floors.TryGetValue(other, out var theirs) && theirs < own);

    private static string FloorOf(string space) => space == Root || !space.StartsWith($"{Root}.", StringComparison.Ordinal) ? "" : space[(Root.Length + 1)..].Split('.')[0];

    private static string NamespaceOf(string source) => NamespaceLine().Match(source).Groups["name"].Value;

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?Diaspora\.Domain(?:\.(?<floor>\w+))?[\w.<>]*;", RegexOptions.Multiline)]
    private static partial Regex UsingLines();

    /// <summary>«Payments.Reasons» is reachable from every floor, for all lie in one namespace.</summary>
    [GeneratedRegex(@"(?<![\w.])(?:(?:Diaspora\.)?Domain\.)?(?<floor>[A-Z]\w+)(?:\.Accounts)?\.(?<type>[A-Z]\w+)")]
    private static partial Regex QualifiedNames();

    [GeneratedRegex("<Using Include=\"(?<name>[^\"]+)\"")]
    private static partial Regex GivenNames();

    /// <summary>A floor's fault as it would be planted: only bodies tell.</summary>
    private static class Planted
    {
        public static Func<int, Task<string>> Count => async number =>
        {
            await Task.Yield();
            return ((PaymentStatus)number).ForLedger().ToString();
        };

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static bool Is(object thing) => thing is Credit;
    }
}
