using System.Reflection;
using Diaspora.Domain.Payments;
using Diaspora.Web.Members.Admin.List;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Payments.Admin.Record;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Primitives;
using MemberFilter = Diaspora.Domain.Members.MemberFilter;

namespace Diaspora.Tests.Input;

/// <summary>Signs that nobody sees come along with what is pasted. They are gone before anything looks at it: found by reflection, so a new form or filter is checked as well.</summary>
public sealed class VisibleTextTests
{
    private const string Pasted = "\uFEFFАл\u200B\u200C\u200D\u200E\u200Fма\u202A\u202B\u202C\u202D\u202Eты\u2060\u2066\u2067\u2068\u2069\u00AD\u00A01\u202F2\u20073\uFE0F";
    private const string Seen = "Алматы 1 2 3";

    private static readonly string[] Endings = ["Form", "Filter", "Choice", "Query", "Selection"];

    private static IEnumerable<PropertyInfo> Texts =>
        from type in typeof(IStore).Assembly.GetTypes().Concat(typeof(MemberQuery).Assembly.GetTypes())
        where type is { IsClass: true, IsAbstract: false } && Endings.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal))
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.PropertyType == typeof(string) && property.CanWrite && !IsLeftAlone(property)
        select property;

    [Fact]
    public void Fill_AnyFormOrFilter_HoldsWhatIsSeen()
    {
        Assert.InRange(Texts.Count(), 35, int.MaxValue);
        None(Texts.Where(property => Filled(property) is var text && text != Seen).Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));
    }

    /// <summary>What the address of a page says is typed or pasted too.</summary>
    [Fact]
    public void Open_AnyPage_ReadsWhatIsSeenInItsAddress()
    {
        var properties = (
            from type in typeof(MemberQuery).Assembly.GetTypes()
            where typeof(IComponent).IsAssignableFrom(type)
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            where property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null && property.PropertyType == typeof(string)
            select property).ToList();
        Assert.InRange(properties.Count, 15, int.MaxValue);
        None(properties.Where(property => Filled(property) != Seen).Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));
    }

    [Fact]
    public void Search_FiveThousandLetters_IsCutAtAHundred()
    {
        var letters = string.Concat(Enumerable.Repeat("Алиев😀", 800));
        string?[] searches =
        [
            new MemberFilter(letters).Search, (new MemberFilter() with { Search = letters }).Search, (new MemberFilter() with { City = letters }).City,
            MemberQuery.Parse(new Dictionary<string, StringValues> { ["q"] = letters }).Search,
            new PaymentFilter(Search: letters).Search, PaymentQuery.Parse(null, null, letters, null, null).Filter.Search, PaymentQuery.Parse(null, null, null, null, null).WithSearch(letters).Filter.Search,
            new AuditFilter(Search: letters).Search,
        ];
        Assert.All(searches, search => Assert.InRange(search!.Length, 99, 100));
        Assert.All(searches, search => Assert.False(char.IsHighSurrogate(search![^1])));
        Assert.InRange(MemberQuery.Url(new MemberFilter(letters)).Length, 100, 1200);
        None(Texts.Where(property => property.Name == "Search").Where(property => property.GetValue(Made(property, letters)) is string { Length: > 100 }).Select(property => property.DeclaringType!.Name));
    }

    [Theory]
    [InlineData("\u200B \u00A0")]
    [InlineData(" ")]
    [InlineData("")]
    public void Search_NothingThatIsSeen_IsNoSearch(string text) => Assert.Null(new MemberFilter(text).Search);

    [Theory]
    [InlineData("2 000,00 ₸", 2000)]
    [InlineData("2\u00A0000,00\u00A0₸", 2000)]
    [InlineData("2000.00", 2000)]
    [InlineData("2 000 тг", 2000)]
    [InlineData("2000тг.", 2000)]
    [InlineData("2 000 тенге", 2000)]
    [InlineData("2 000 теңге", 2000)]
    [InlineData("2000 KZT", 2000)]
    [InlineData("2.000", 2000)]
    [InlineData("2'000", 2000)]
    [InlineData("₸ 2 000", 2000)]
    [InlineData("\u20662\u202F000\u2069", 2000)]
    [InlineData(" 6 000 ", 6000)]
    [InlineData("1 234 567,00 ₸", 1_234_567)]
    public void Type_ASum_IsReadAsPeopleWriteIt(string text, int tenge)
    {
        Assert.Equal(tenge, TengeText.Parse(text));
        Assert.Equal(tenge, new WholeRange(1, 10_000_000).Read(text));
    }

    [Theory]
    [InlineData("2 000,50 ₸")]
    [InlineData("2000.5")]
    [InlineData("-2000")]
    [InlineData("2000 $")]
    [InlineData("2 т")]
    [InlineData("2 т.")]
    [InlineData("2\u0660\u0660\u0660")]
    [InlineData("\u0662\u0660\u0660\u0660")]
    [InlineData("2000+2000")]
    [InlineData("2000 2000")]
    [InlineData("две тысячи")]
    [InlineData("99999999999999999999")]
    public void Type_WhatIsNoWholeSum_IsRefused(string text)
    {
        Assert.Equal(-1, TengeText.Parse(text));
        Assert.Null(new WholeRange(1, 10_000_000).Read(text));
    }

    private static bool IsLeftAlone(PropertyInfo property) => property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "AsItCameAttribute");

    private static string? Filled(PropertyInfo property) => (string?)property.GetValue(Made(property, Pasted));

    /// <summary>Without a constructor: a record's would ask for all its parts.</summary>
    private static object Made(PropertyInfo property, string text)
    {
        var made = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(property.ReflectedType!);
        property.SetValue(made, text);
        return made;
    }

    private static void None(IEnumerable<string> wrong) => Assert.Equal("", string.Join('\n', wrong));
}
