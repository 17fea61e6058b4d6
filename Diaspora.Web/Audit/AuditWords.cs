using System.Globalization;
using System.Text.Json;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Rights;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Members.Admin.Card;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Audit;

/// <summary>A line of the log as a person reads it: the action in words, and what was before and after, field by field.</summary>
public sealed class AuditWords(IStringLocalizer<AuditTexts> texts, IStringLocalizer<StatusTexts> statuses, IStringLocalizer<CardTexts> told, QueueWords queue, Wording words)
{
    public string Action(AuditAction action) => texts[$"Action{action}"];

    /// <summary>Who did it; a background task and a visitor have no name, the bank and whoever calls for it have one.</summary>
    public string Who(AuditRow row) => row.Actor ?? texts[(row.Ip, row.UserAgent) switch
    {
        (null, BillerService.Name) => "Bank",
        (null, ApiPay.Key) => "BankByApiPay",
        (null, _) => "Portal",
        _ => "Visitor",
    }];

    /// <summary>«поле: было → стало», one line for each field that is not the same.</summary>
    public IReadOnlyList<string> Changes(AuditRow row)
    {
        var before = Read(row.BeforeJson);
        var after = Read(row.AfterJson);
        return [.. before.Keys.Union(after.Keys)
            .Select(name => (Name: name, Before: before.GetValueOrDefault(name), After: after.GetValueOrDefault(name)))
            .Where(field => field.Before != field.After)
            .Select(field => row.BeforeJson is null
                ? texts["Set", field.Name, field.After ?? ""].Value
                : texts["Changed", field.Name, field.Before ?? texts["Empty"], field.After ?? texts["Empty"]].Value)];
    }

    private Dictionary<string, string> Read(string? json)
    {
        var fields = new Dictionary<string, string>();
        if (json is null)
        {
            return fields;
        }

        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return fields;
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.NameEquals("payments"))
            {
                var members = property.Value.EnumerateArray().Select(payment => Text(payment, "MemberId")).Distinct().ToList();
                foreach (var payment in property.Value.EnumerateArray())
                {
                    var month = Month(Text(payment, "Period"));
                    var member = members.IndexOf(Text(payment, "MemberId")) + 1;
                    fields[member == 1 ? month : texts["OtherMember", month, member].Value] = State(payment);
                }
            }
            else
            {
                fields[Label(property.Name)] = Value(property.Name, property.Value);
            }
        }

        return fields;
    }

    /// <summary>«2 000 ₸, Отклонён (чек не читается)»</summary>
    private string State(JsonElement payment)
    {
        var sum = Wording.Money(payment.TryGetProperty("amount", out var amount) && amount.TryGetInt64(out var tenge) ? tenge : 0);
        var reason = Text(payment, "Reason");
        var status = Enum.TryParse<PaymentStatus>(Text(payment, "Status"), out var known) ? statuses[new PaymentOutcome(known, reason).Look().Key].Value : Text(payment, "Status");
        return reason.Length == 0 ? texts["PaymentState", sum, status] : texts["PaymentStateWithReason", sum, status, queue.Reason(reason)];
    }

    private string Label(string name)
    {
        if (FeeMonth(name) is { } month)
        {
            return month == FeeSchedule.Beginning ? texts["FieldFeeAlways"] : texts["FieldFeeFrom", words.MonthGenitive(month.Month), month.Year];
        }

        if (name.Split([':', '.']) is [var field, var cause, var channel, var language])
        {
            return texts["FieldMessage", texts[field == "title" ? "MessageTitle" : "MessageText"].Value, told[$"Told{cause}"].Value, told[$"By{channel}"].Value, texts[$"Language{language}"].Value];
        }

        var text = texts["Field" + char.ToUpperInvariant(name[0]) + name[1..]];
        return text.ResourceNotFound ? name : text.Value;
    }

    private string Value(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => texts["Yes"],
        JsonValueKind.False => texts["No"],
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => Value(name, item))),
        JsonValueKind.Number when value.TryGetInt64(out var number) => Number(name, number),
        JsonValueKind.String => Said(name, value.GetString() ?? ""),
        _ => value.ToString(),
    };

    private string Number(string name, long number) => name.ToLowerInvariant() switch
    {
        "total" or "amount" or "received" or "fromcredits" or "remainder" or "sum" or "incoming" or "expected" or "collected" => Wording.Money(number),
        _ when FeeMonth(name) is not null => Wording.Money(number),
        "year" => number.ToString(CultureInfo.InvariantCulture),
        "size" => texts["Kilobytes", Wording.Number((number + 1023) / 1024)],
        _ => Wording.Number(number),
    };

    private string Said(string name, string text) => name.ToLowerInvariant() switch
    {
        "periods" or "month" or "period" or "from" or "to" => Month(text),
        "source" when Enum.TryParse<EvidenceSource>(text, out var source) => texts[$"Source{source}"],
        "level" when Enum.TryParse<TrustLevel>(text, out var level) => texts[$"Level{level}"],
        "channel" when texts[$"Channel{text}"] is { ResourceNotFound: false } channel => channel,
        "state" when Enum.TryParse<EvidenceState>(text, out var state) => texts[$"Evidence{state}"],
        "receivedon" or "joinedon" or "dueon" or "on" when DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) => words.Date(day),
        "deletion" when Enum.TryParse<DeletionState>(text, out var deletion) => texts[$"Deletion{deletion}"],
        "status" when Enum.TryParse<CreditStatus>(text, out var status) => texts[$"Credit{status}"],
        "method" when Enum.TryParse<PaymentMethod>(text, out var method) => queue.Method(method),
        "role" when Enum.TryParse<Role>(text, out var role) => texts[$"Role{role}"],
        "language" when texts[$"Language{text}"] is { ResourceNotFound: false } language => language,
        "report" => texts[$"Report{text}"],
        "phone" or "mergedphone" => PhoneNumber.FromCanonical(text).ToDisplay(),
        _ => text,
    };

    /// <summary>The fees of the settings are named by the month from which they count: <c>fee:2026-07</c>.</summary>
    private static Period? FeeMonth(string name) =>
        name.StartsWith("fee:", StringComparison.Ordinal) && Period.TryParse(name[4..], CultureInfo.InvariantCulture, out var month) ? month : null;

    private string Month(string text) => Period.TryParse(text, CultureInfo.InvariantCulture, out var period) ? words.MonthYear(period.Year, period.Month) : text;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";
}
