using System.Reflection;

namespace Diaspora.Tests.Hosting;

/// <summary>The quick part of the suite is what is not marked; so whatever starts a browser must be.</summary>
public sealed class NeedsBrowserTests
{
    [Fact]
    public void Mark_WhatTakesABrowser_IsMarkedAndNothingElse()
    {
        var classes = typeof(NeedsBrowserTests).Assembly.GetTypes().Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute)))).ToList();
        Assert.Contains(classes, Takes);
        Assert.Equal(classes.Where(Takes).Select(type => type.Name).Order(), classes.Where(IsMarked).Select(type => type.Name).Order());
    }

    /// <summary>By itself, or through a fixture of its own.</summary>
    private static bool Takes(Type type) => type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
        .Any(taken => taken == typeof(Chromium) || taken.Assembly == type.Assembly && Takes(taken));

    private static bool IsMarked(Type type) => type.GetCustomAttributes<TraitAttribute>().Any(trait => trait is { Name: "needs", Value: "browser" });
}
