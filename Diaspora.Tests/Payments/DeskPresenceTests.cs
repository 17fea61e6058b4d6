using Diaspora.Web.Payments.Admin.Queue;

namespace Diaspora.Tests.Payments;

/// <summary>Who has which payment open: told to the others, and to nobody of themselves.</summary>
public sealed class DeskPresenceTests
{
    private readonly DeskPresence _presence = new();
    private readonly (Guid Leyla, Guid Nigar) _people = (Guid.NewGuid(), Guid.NewGuid());

    [Fact]
    public void Look_AtAPayment_IsSeenByOthersUntilItIsLeft()
    {
        var (desk, tab, first, second) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        List<Guid> told = [];
        _presence.Changed += told.Add;

        _presence.Look(desk, first, _people.Leyla, "Лейла");
        _presence.Look(tab, first, _people.Leyla, "Лейла");
        Assert.Equal(["Лейла"], _presence.Others(_people.Nigar, first));
        Assert.Empty(_presence.Others(_people.Leyla, first));

        _presence.Look(desk, second, _people.Leyla, "Лейла");
        _presence.Look(desk, second, _people.Leyla, "Лейла");
        _presence.Look(tab, null, _people.Leyla, "Лейла");
        Assert.Empty(_presence.Others(_people.Nigar, first));
        Assert.Equal(["Лейла"], _presence.Others(_people.Nigar, second));
        Assert.Equal([first, first, first, second, first], told);
    }
}
