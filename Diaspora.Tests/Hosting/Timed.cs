using System.Runtime.CompilerServices;
using Diaspora.Tests.Faults;
using Xunit.v3;

// In the namespace above all tests', so that each of their [Fact] and [Theory] means these and a test that never ends fails by name while the rest goes on.
namespace Diaspora.Tests;

/// <summary>A test that fails after five minutes: the slowest takes one, and two and a half where the processor is that much slower.</summary>
[XunitTestCaseDiscoverer(typeof(FactDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactAttribute : Xunit.FactAttribute
{
    /// <summary>Milliseconds.</summary>
    public static int Patience { get; } = LongForm.Of(few: 300_000, many: LongForm.Patience);

    /// <summary>For what a class or the whole run shares: its beginning and its end are outside of any test, and have no bound but this.</summary>
    internal static readonly TimeSpan SharedPatience = TimeSpan.FromMilliseconds(Patience);

    public FactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1) : base(sourceFilePath, sourceLineNumber) => Timeout = Patience;
}

/// <inheritdoc cref="FactAttribute"/>
[XunitTestCaseDiscoverer(typeof(TheoryDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryAttribute : Xunit.TheoryAttribute
{
    public TheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1) : base(sourceFilePath, sourceLineNumber) => Timeout = FactAttribute.Patience;
}
