using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Settings;

/// <summary>What an admin may change while the portal runs. There is one row; the configuration fills it once.</summary>
public sealed class PortalSettings
{
    public static readonly Guid OnlyId = new("5e771260-0000-7000-8000-000000000001");

    private readonly List<StoredFee> _fees = [];

    private PortalSettings()
    {
    }

    public PortalSettings(SettingsSnapshot seed, DateTime now)
    {
        Id = OnlyId;
        (DeadlineDay, MonthsAhead, LapseAfterDays) = (seed.Rules.DeadlineDay, seed.Rules.MonthsAhead, seed.Rules.LapseAfterDays);
        (Association, Kaspi, Reminder) = (seed.Association, seed.Kaspi, seed.Reminder);
        _fees.AddRange(seed.Rules.Fees.Steps.Select(step => new StoredFee(Id, step)));
        UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    public int DeadlineDay { get; private set; }

    public int MonthsAhead { get; private set; }

    public int LapseAfterDays { get; private set; }

    public AssociationContacts Association { get; private set; } = AssociationContacts.None;

    public KaspiRequisites Kaspi { get; private set; } = KaspiRequisites.None;

    public ReminderTexts Reminder { get; private set; } = ReminderTexts.None;

    public IReadOnlyList<StoredFee> Fees => _fees;

    /// <summary>Grows with every change, whatever the clocks of two servers say, so that of two readings the newer one is known.</summary>
    public DateTime UpdatedAt { get; private set; }

    /// <summary>Nobody, as long as they are what the configuration said.</summary>
    public Guid? UpdatedBy { get; private set; }

    public Guid Version { get; private set; }

    /// <summary>Everything but the fees.</summary>
    /// <exception cref="DomainException">A number is out of range, there is no name, or the link leads elsewhere.</exception>
    public void Edit(int deadlineDay, int monthsAhead, int lapseAfterDays, AssociationContacts association, KaspiRequisites kaspi, ReminderTexts reminder, Guid by, DateTime now)
    {
        if (association.Name.Length == 0)
        {
            throw new DomainException(Problems.AssociationNameEmpty);
        }

        if (!kaspi.HasGoodLink)
        {
            throw new DomainException(Problems.KaspiLinkImpossible);
        }

        DeadlineDay = SettingsLimits.DeadlineDay.Require(deadlineDay);
        MonthsAhead = SettingsLimits.MonthsAhead.Require(monthsAhead);
        LapseAfterDays = SettingsLimits.LapseAfterDays.Require(lapseAfterDays);
        (Association, Kaspi, Reminder) = (association, kaspi, reminder);
        Touch(by, now);
    }

    /// <summary>What other fees would change of months that have begun. Nothing when they change none.</summary>
    public Problem? PastChange(FeeSchedule fees, Period current) => Schedule().FirstChange(fees, current) switch
    {
        null => null,
        { } first when first == FeeSchedule.Beginning => new Problem(Problems.FeeOfPastMonths),
        { } first => new Problem(Problems.FeeInPast, first),
    };

    /// <param name="acceptsPast">The admin knows that unpaid months which have begun will cost something else.</param>
    /// <exception cref="DomainException">A sum is out of range, or months that have begun change and nobody accepted that.</exception>
    public void ChangeFees(FeeSchedule fees, Period current, bool acceptsPast, Guid by, DateTime now)
    {
        foreach (var step in fees.Steps)
        {
            SettingsLimits.Fee.Require(step.Amount.Tenge);
        }

        if (!acceptsPast && PastChange(fees, current) is { } problem)
        {
            throw new DomainException(problem);
        }

        _fees.RemoveAll(fee => fees.Steps.All(step => step.From != fee.From));
        foreach (var step in fees.Steps)
        {
            if (_fees.Find(fee => fee.From == step.From) is { } stored)
            {
                stored.Cost(step.Amount);
            }
            else
            {
                _fees.Add(new StoredFee(Id, step));
            }
        }

        Touch(by, now);
    }

    public FeeSchedule Schedule() => new(_fees.Select(fee => new FeeStep(fee.From, fee.Amount)));

    /// <param name="zone">From the configuration. A zone is no setting: with another one every month of every ledger would begin at another moment.</param>
    public SettingsSnapshot ToSnapshot(TimeZoneInfo zone) => new(new DuesRules(Schedule(), DeadlineDay, MonthsAhead, LapseAfterDays, zone))
    {
        Association = Association,
        Kaspi = Kaspi,
        Reminder = Reminder,
        StoredAt = UpdatedAt,
    };

    private void Touch(Guid by, DateTime now)
    {
        UpdatedBy = by;
        UpdatedAt = now > UpdatedAt ? now : UpdatedAt.AddTicks(1);
    }
}

/// <summary>A step of the fees as it is stored.</summary>
public sealed class StoredFee
{
    private StoredFee()
    {
    }

    internal StoredFee(Guid settingsId, FeeStep step)
    {
        SettingsId = settingsId;
        (From, Amount) = step;
    }

    public Guid SettingsId { get; private set; }

    public Period From { get; private set; }

    public Money Amount { get; private set; }

    internal void Cost(Money amount) => Amount = amount;
}
