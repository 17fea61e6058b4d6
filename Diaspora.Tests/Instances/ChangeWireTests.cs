using System.Reflection;
using System.Text;
using System.Text.Json;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell.Live;

namespace Diaspora.Tests.Instances;

/// <summary>What one portal says to the others.</summary>
public sealed class ChangeWireTests
{
    private static readonly Guid From = Guid.NewGuid();

    public static TheoryData<string> Kinds { get; } = [.. ChangeWire.Kinds.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Kinds_AreAllChangesThereAre()
    {
        var all = new[] { typeof(IStore), typeof(Data.DiasporaDbContext), typeof(ChangeWire) }.SelectMany(one => one.Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Change)) && !type.IsAbstract).ToList();
        Assert.Contains(typeof(PaymentsChanged), all);
        Assert.Equal(all.Select(type => type.Name).Order(), ChangeWire.Kinds.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Say_EveryChange_IsHeardAsItWas(string kind)
    {
        foreach (var isFull in (bool[])[true, false])
        {
            var change = Make(ChangeWire.Kinds[kind], isFull);
            var heard = ChangeWire.Read(ChangeWire.Write(new PortalMessage(From, change)));
            Assert.Equal(From, heard.From);
            Assert.Equal(change.GetType(), heard.Change!.GetType());
            Assert.Equal(Values(change), Values(heard.Change));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Carry_EveryChange_NothingButIdsAndMonths(string kind) => Assert.All(
        ChangeWire.Kinds[kind].GetProperties(), property => Assert.Contains(property.PropertyType, (Type[])[typeof(Guid), typeof(Guid?), typeof(IReadOnlyList<Guid>), typeof(IReadOnlyList<Period>)]));

    [Fact]
    public void Say_OnlyThatOneIsThere_IsHeard() => Assert.Equal(new PortalMessage(From, null), ChangeWire.Read(ChangeWire.Write(new PortalMessage(From, null))));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"v\":1}")]
    [InlineData("{\"v\":1,\"from\":\"nobody\"}")]
    [InlineData("{\"v\":2,\"from\":\"7e771260-0000-7000-8000-000000000001\"}")]
    [InlineData("{\"v\":1,\"from\":\"7e771260-0000-7000-8000-000000000001\",\"more\":1}")]
    [InlineData("{\"v\":1,\"from\":\"7e771260-0000-7000-8000-000000000001\",\"kind\":\"MemberChanged\"}")]
    [InlineData("{\"v\":1,\"from\":\"7e771260-0000-7000-8000-000000000001\",\"kind\":\"MemberChanged\",\"change\":{}}")]
    [InlineData("{\"v\":1,\"from\":\"7e771260-0000-7000-8000-000000000001\",\"kind\":\"MemberChanged\",\"change\":null}")]
    [InlineData("{\"v\":1,\"from\":\"7e771260-0000-7000-8000-000000000001\",\"kind\":\"Tomorrow\",\"change\":{}}")]
    [InlineData("{\"v\":1,\"from\":\"7e771260-0000-7000-8000-000000000001\",\"kind\":\"System.Uri\",\"change\":{}}")]
    [InlineData("{\"v\":1,\"from\":\"7e771260-0000-7000-8000-000000000001\",\"kind\":\"PaymentsChanged\",\"change\":{\"intentId\":\"7e771260-0000-7000-8000-000000000001\",\"memberIds\":null}}")]
    public void Hear_WhatIsNoMessage_IsRefusedWithoutRepeatingIt(string text)
    {
        var refused = Assert.Throws<FormatException>(() => ChangeWire.Read(Encoding.UTF8.GetBytes(text)));
        Assert.DoesNotContain("7e771260", refused.Message, StringComparison.Ordinal);
    }

    private static Change Make(Type kind, bool isFull)
    {
        var parameters = kind.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single().GetParameters();
        var change = (Change)Activator.CreateInstance(kind, [.. parameters.Select(parameter => Value(parameter.ParameterType, isFull))])!;
        foreach (var property in kind.GetProperties().Where(property => isFull && !parameters.Any(parameter => parameter.Name!.Equals(property.Name, StringComparison.OrdinalIgnoreCase))))
        {
            property.SetValue(change, Value(property.PropertyType, isFull));
        }

        return change;
    }

    private static object? Value(Type type, bool isFull) =>
        type == typeof(Guid) ? Guid.NewGuid()
        : type == typeof(Guid?) ? isFull ? Guid.NewGuid() : null
        : type == typeof(IReadOnlyList<Period>) ? isFull ? new Period[] { new(2026, 3), new(2027, 12) } : Array.Empty<Period>()
        : isFull ? new[] { Guid.NewGuid(), Guid.NewGuid() } : Array.Empty<Guid>();

    /// <summary>Two lists that hold the same are not the same list.</summary>
    private static string Values(Change change) => JsonSerializer.Serialize(change, change.GetType());
}
