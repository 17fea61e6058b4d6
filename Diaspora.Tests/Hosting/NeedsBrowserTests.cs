using System.Reflection;
using Diaspora.Tests.Shell;

namespace Diaspora.Tests.Hosting;

/// <summary>The quick part of the suite is what is not marked; so whatever starts a browser must be.</summary>
public sealed class NeedsBrowserTests
{
    [Fact]
    public void Mark_WhatTakesABrowser_IsMarkedAndNothingElse()
    {
        var classes = typeof(NeedsBrowserTests).Assembly.GetTypes().Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(Xunit.FactAttribute)))).ToList();
        Assert.Contains(classes, Takes);
        Assert.Equal(classes.Where(Takes).Select(type => type.Name).Order(), classes.Where(IsMarked).Select(type => type.Name).Order());
    }

    [Fact]
    public void End_EachTest_InTime()
    {
        var tests = typeof(NeedsBrowserTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.GetCustomAttribute<Xunit.FactAttribute>()).OfType<Xunit.FactAttribute>().ToList();
        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.Equal(FactAttribute.Patience, test.Timeout));
    }

    /// <summary>It misses a page that comes while it begins to listen, and then waits in vain; <c>ToHaveURLAsync</c> looks until the address is there.</summary>
    [Fact]
    public void Wait_ForAnAddress_NotByListening()
    {
        const string listening = "WaitFor" + "URLAsync";
        var files = Directory.EnumerateFiles(Path.Combine(Sources.Root, "Diaspora.Tests"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"));
        Assert.Empty(files.Where(file => File.ReadAllText(file).Contains(listening, StringComparison.Ordinal)).Select(Path.GetFileName));
    }

    /// <summary>By itself, or through a fixture of its own.</summary>
    private static bool Takes(Type type) => type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
        .Any(taken => taken == typeof(Chromium) || taken.Assembly == type.Assembly && Takes(taken));

    private static bool IsMarked(Type type) => type.GetCustomAttributes<TraitAttribute>().Any(trait => trait is { Name: "needs", Value: "browser" });
}
