using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Members.Duplicates.Admin;

/// <summary>
/// What is chosen so far, said of the first and the second record and not of the one that stays: so nothing that was chosen is lost when the
/// other record is to stay after all.
/// </summary>
public sealed class MergeDraft
{
    private readonly HashSet<MergeField> _fromSecond = [];
    private readonly Dictionary<Period, MonthChoice> _months = [];

    /// <summary>Begins with what is most likely right: the record with a password stays, no known value is dropped, the earlier day of joining counts.</summary>
    public MergeDraft(MergeComparison comparison)
    {
        Comparison = comparison;
        var (first, second) = (comparison.First, comparison.Second);
        SecondStays = second.Person.Role != Domain.Access.Role.Member || (first.Person.Role == Domain.Access.Role.Member && second.HasPassword && !first.HasPassword);
        foreach (var field in Enum.GetValues<MergeField>())
        {
            if (field switch
            {
                MergeField.Phone => second.HasPassword && !first.HasPassword,
                MergeField.JoinedOn => second.Data.JoinedOn is { } day && (first.Data.JoinedOn is not { } other || day < other),
                _ => string.IsNullOrEmpty(ValueOf(first.Data, field)) || (SecondStays && !string.IsNullOrEmpty(ValueOf(second.Data, field))),
            })
            {
                _fromSecond.Add(field);
            }
        }
    }

    /// <summary>The fields whose value is the second record's, as the address keeps them.</summary>
    public string Taken => string.Join('.', _fromSecond.Order());

    /// <summary>The months that were chosen otherwise than proposed: <c>2026-03.second.2026-05</c>, the last part being the month paid instead.</summary>
    public string? Months => _months.Count == 0 ? null : string.Join('_', _months.OrderBy(month => month.Key).Select(month => $"{month.Key}.{(month.Value.KeepsSecond ? "second" : "first")}.{month.Value.Instead}"));

    /// <summary>What the address chose. What it does not say stays as proposed.</summary>
    public MergeDraft As(string? stays, string? taken, string? months)
    {
        SecondStays = stays switch { "second" => true, "first" => false, _ => SecondStays };
        if (taken is not null)
        {
            _fromSecond.Clear();
            _fromSecond.UnionWith(taken.Split('.').Select(name => Enum.TryParse<MergeField>(name, out var field) && Enum.IsDefined(field) ? field : (MergeField?)null).OfType<MergeField>());
        }

        foreach (var part in (months ?? "").Split('_').Select(text => text.Split('.')).Where(part => part.Length == 3))
        {
            if (Period.TryParse(part[0], out var month))
            {
                Choose(month, new MonthChoice(part[1] == "second", Period.TryParse(part[2], out var instead) ? instead : null));
            }
        }

        return this;
    }

    /// <summary>What becomes of a month that both have paid.</summary>
    public sealed record MonthChoice(bool KeepsSecond, Period? Instead);

    public MergeComparison Comparison { get; private set; }

    public bool SecondStays { get; private set; }

    public MergeSide Stays => SecondStays ? Comparison.Second : Comparison.First;

    public MergeSide Goes => SecondStays ? Comparison.First : Comparison.Second;

    public static string? ValueOf(MemberData data, MergeField field) => field switch
    {
        MergeField.FullName => data.FullName,
        MergeField.Phone => data.Phone,
        MergeField.Email => data.Email,
        MergeField.City => data.City,
        MergeField.Iin => data.Iin,
        _ => data.JoinedOn is { } day ? Period.Of(day).ToString() : null,
    };

    /// <summary>The same choices for what is there now.</summary>
    public MergeDraft On(MergeComparison comparison)
    {
        Comparison = comparison;
        return this;
    }

    public void Stay(bool second) => SecondStays = second;

    public bool IsFromSecond(MergeField field) => _fromSecond.Contains(field);

    public void Take(MergeField field, bool fromSecond)
    {
        if (fromSecond)
        {
            _fromSecond.Add(field);
        }
        else
        {
            _fromSecond.Remove(field);
        }
    }

    /// <summary>The choice of a month; at first, what is confirmed stays rather than what waits, and the money of the other one goes back.</summary>
    public MonthChoice ChoiceOf(MergeMonth month)
    {
        if (_months.TryGetValue(month.Period, out var choice))
        {
            return choice;
        }

        var keepsGoes = month.Goes.Status == PaymentStatus.Confirmed && month.Stays.Status == PaymentStatus.Pending;
        return new MonthChoice(keepsGoes != SecondStays, null);
    }

    public void Choose(Period period, MonthChoice choice) => _months[period] = choice;

    /// <summary>Lets every payment set aside pay an open month, oldest first, as far as there are any; the money of the others goes back.</summary>
    public void MoveAll(MergePreview preview)
    {
        var open = new Queue<Period>(preview.Open);
        foreach (var month in preview.Months)
        {
            Choose(month.Period, ChoiceOf(month) with { Instead = open.TryDequeue(out var period) ? period : null });
        }
    }

    /// <summary>Gives the money of every payment set aside back.</summary>
    public void GiveAllBack(MergePreview preview)
    {
        foreach (var month in preview.Months)
        {
            Choose(month.Period, ChoiceOf(month) with { Instead = null });
        }
    }

    /// <param name="preview">What was on the screen; missing before the first look.</param>
    public MergeMembersForm FormOf(MergePreview? preview) => new()
    {
        StaysId = Stays.Person.Id,
        GoesId = Goes.Person.Id,
        Taken = [.. Enum.GetValues<MergeField>().Where(field => IsFromSecond(field) != SecondStays && ValueOf(Stays.Data, field) != ValueOf(Goes.Data, field))],
        Months = [.. (preview?.Months ?? []).Select(month => (month.Period, Choice: ChoiceOf(month)))
            .Select(row => new MergeMonthForm { Period = row.Period, KeepsOther = row.Choice.KeepsSecond != SecondStays, Instead = row.Choice.Instead })],
        Seen = preview?.Seen ?? "",
    };
}
