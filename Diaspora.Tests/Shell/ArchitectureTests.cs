using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Diaspora.Data;
using Diaspora.Tests.Members;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Diaspora.Tests.Shell;

public sealed partial class ArchitectureTests
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
        var references = ((string[])["Directory.Build.props", "Diaspora.Domain/Diaspora.Domain.csproj"])
            .SelectMany(file => XDocument.Load(Path.Combine(Sources.Root, file)).Descendants())
            .Where(item => item.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal))
            .Select(item => $"{item.Name.LocalName} {(string?)item.Attribute("Include")}").ToList();
        var others = references.Where(reference => !(reference is "PackageReference FluentValidation" or "PackageReference libphonenumber-csharp"
            || (reference.StartsWith("PackageReference Microsoft.Extensions.", StringComparison.Ordinal) && reference.EndsWith(".Abstractions", StringComparison.Ordinal))));
        Assert.Equal("", string.Join('\n', others));
        Assert.Equal(2, references.Count(reference => !reference.Contains("Microsoft.Extensions.", StringComparison.Ordinal)));
    }

    /// <summary>But for how a backup went, which is noted bit by bit while it is made, and which no rule of the association is about.</summary>
    [Fact]
    public void Change_WhatTheDomainKeeps_OnlyThroughVerbs()
    {
        var open =
            from type in Domain.GetTypes()
            where type.IsClass && type != typeof(Diaspora.Domain.Operations.BackupRun) && !type.Name.EndsWith("Form", StringComparison.Ordinal) && !type.IsDefined(typeof(CompilerGeneratedAttribute))
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
        var program = Path.Combine(Sources.Root, "Diaspora.Web", "Program.cs");
        Assert.True(File.ReadLines(program).Count() < 75);

        // A slice lies right below its project. What is declared deeper is a part of one slice, which may call it.
        var steps = ((Assembly[])[typeof(Urls).Assembly, typeof(DataFeature).Assembly]).SelectMany(project => project.GetExportedTypes())
            .Where(type => type.Namespace?.Split('.').Length <= 3)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(ExtensionAttribute)) && method.GetParameters()[0].ParameterType is var first && (first == typeof(WebApplicationBuilder) || first == typeof(WebApplication)))
            .Select(method => method.Name).Where(name => Calls().IsMatch($".{name}(")).ToHashSet();
        var called =
            from file in Sources.OfWeb.Concat(Sources.OfData)
            where file != program
            from Match call in Calls().Matches(Sources.WithoutComments(File.ReadAllText(file)))
            where steps.Contains(call.Groups["name"].Value)
            select $"{Sources.Short(file)}: {call.Groups["name"].Value}";
        Assert.Equal("", string.Join('\n', called));
        Assert.Equal(steps.Order(), Calls().Matches(File.ReadAllText(program)).Select(call => call.Groups["name"].Value).Where(steps.Contains).Order());
    }

    [GeneratedRegex(@"\.(?<name>(?:Add|Map|Use)[A-Z]\w*)\(")]
    private static partial Regex Calls();
}
