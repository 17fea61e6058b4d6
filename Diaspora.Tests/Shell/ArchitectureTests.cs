using System.Reflection;
using System.Runtime.CompilerServices;
using Diaspora.Tests.Members;
using Diaspora.Web.Shell;
using Xunit;

namespace Diaspora.Tests.Shell;

public sealed class ArchitectureTests
{
    private static readonly Assembly Domain = typeof(IStore).Assembly;

    [Fact]
    public void Know_TheDomain_NeitherDatabaseNorWeb()
    {
        var known = Domain.GetReferencedAssemblies().Select(name => name.Name!).Where(name =>
            name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Data", StringComparison.Ordinal) || name.StartsWith("Diaspora.", StringComparison.Ordinal));
        Assert.Empty(known);
    }

    /// <summary>The project file, not the assembly: a reference that nothing uses yet does not show there.</summary>
    [Fact]
    public void Reference_TheDomainsPackages_AreTheThreeOfTheDesign()
    {
        var project = File.ReadAllText(Path.Combine(Sources.Root, "Diaspora.Domain", "Diaspora.Domain.csproj"));
        Assert.DoesNotContain("EntityFrameworkCore", project, StringComparison.Ordinal);
        Assert.DoesNotContain("FrameworkReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
    }

    [Fact]
    public void Change_WhatTheDomainKeeps_OnlyThroughVerbs()
    {
        var open =
            from type in Domain.GetTypes()
            where type.IsClass && !type.Name.EndsWith("Form", StringComparison.Ordinal) && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{type.Name}.{property.Name}";
        Assert.Empty(open);
    }

    [Fact]
    public void Read_TheDomain_HasNoClockOfItsOwn()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Sources.Root, "Diaspora.Domain"), "*.cs", SearchOption.AllDirectories)
            .Concat(Sources.OfWeb)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
        string[] clocks = ["DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow"];
        var found = from file in files let source = Sources.WithoutComments(File.ReadAllText(file)) from clock in clocks where source.Contains(clock, StringComparison.Ordinal) select $"{Sources.Short(file)}: {clock}";
        Assert.Empty(found);
    }

    /// <summary>An actor comes first and the token last, so that a call reads as a sentence and neither is forgotten.</summary>
    [Fact]
    public void Call_AVerb_TakesWhoActsFirstAndTheTokenLast()
    {
        var odd = ServiceCalls.Verbs.Where(verb =>
        {
            var parameters = verb.GetParameters();
            var actor = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(Actor));
            return actor > 0 || parameters[^1].ParameterType != typeof(CancellationToken);
        });
        Assert.Equal("", string.Join('\n', odd.Select(ServiceCalls.NameOf)));
    }

    [Fact]
    public void Inject_IntoAComponent_NeitherContextNorUserManager()
    {
        var bad =
            from type in typeof(Urls).Assembly.GetTypes()
            where typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type)
            from property in type.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            where property.IsDefined(typeof(Microsoft.AspNetCore.Components.InjectAttribute))
            where property.PropertyType.Namespace is { } space && (space.StartsWith("Diaspora.Data", StringComparison.Ordinal) || space.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
                || space == "Microsoft.AspNetCore.Identity") || property.PropertyType == typeof(IStore)
            select $"{type.Name}.{property.Name}: {property.PropertyType.Name}";
        Assert.Empty(bad);
    }

    [Theory]
    [InlineData("*.razor", 150)]
    [InlineData("*.cs", 250)]
    public void Write_AFile_NotLongerThanOneScreenful(string pattern, int lines)
    {
        var projects = (string[])["Diaspora.Domain", "Diaspora.Data", "Diaspora.Web", "Diaspora.Tests"];
        var long_ = projects.SelectMany(project => Directory.EnumerateFiles(Path.Combine(Sources.Root, project), pattern, SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations"))
            .Select(file => (File: Sources.Short(file), Lines: File.ReadLines(file).Count())).Where(file => file.Lines > lines);
        Assert.Equal("", string.Join('\n', long_.Select(file => $"{file.File}: {file.Lines}")));
    }

    [Fact]
    public void Name_TheSlices_InProgramOnly()
    {
        var program = File.ReadLines(Path.Combine(Sources.Root, "Diaspora.Web", "Program.cs"));
        Assert.True(program.Count() < 60);
    }
}
