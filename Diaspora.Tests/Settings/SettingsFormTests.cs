using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Xunit;

namespace Diaspora.Tests.Settings;

/// <summary>What the form refuses, and beside which field it says so.</summary>
public sealed class SettingsFormTests
{
    private static EditSettingsForm Good => new()
    {
        Fees = [new FeeStepForm { Month = "2000-01", Amount = "2000" }],
        DeadlineDay = "10",
        MonthsAhead = "12",
        LapseAfterDays = "14",
        Name = "«Диаспора»",
    };

    public static TheoryData<string, string, string> Wrong => new()
    {
        { nameof(EditSettingsForm.DeadlineDay), "0", Problems.NumberOutOfRange },
        { nameof(EditSettingsForm.DeadlineDay), "32", Problems.NumberOutOfRange },
        { nameof(EditSettingsForm.DeadlineDay), "десятого", Problems.NumberOutOfRange },
        { nameof(EditSettingsForm.DeadlineDay), "", Problems.NumberOutOfRange },
        { nameof(EditSettingsForm.MonthsAhead), "37", Problems.NumberOutOfRange },
        { nameof(EditSettingsForm.MonthsAhead), "-1", Problems.NumberOutOfRange },
        { nameof(EditSettingsForm.LapseAfterDays), "0", Problems.NumberOutOfRange },
        { nameof(EditSettingsForm.LapseAfterDays), "366", Problems.NumberOutOfRange },
        { nameof(EditSettingsForm.KaspiRecipient), new string('я', 201), Problems.TooLong },
        { nameof(EditSettingsForm.KaspiPhone), "4400 4301 2345 6780", Problems.KaspiPhoneImpossible },
        { nameof(EditSettingsForm.KaspiPhone), "12", Problems.KaspiPhoneImpossible },
        { nameof(EditSettingsForm.KaspiLink), "https://pay.kaspi.kz.example.org/pay/abc", Problems.KaspiLinkImpossible },
        { nameof(EditSettingsForm.KaspiLink), "https://pay.kaspi.kz/pay/" + new string('a', 300), Problems.TooLong },
        { nameof(EditSettingsForm.AccountPrefix), "12a", Problems.AccountPrefixImpossible },
        { nameof(EditSettingsForm.AccountPrefix), "123456789", Problems.AccountPrefixImpossible },
        { nameof(EditSettingsForm.Name), " ", Problems.AssociationNameEmpty },
        { nameof(EditSettingsForm.Name), new string('я', 201), Problems.TooLong },
        { nameof(EditSettingsForm.NameKazakh), new string('я', 201), Problems.TooLong },
        { nameof(EditSettingsForm.Email), "salam@", Problems.EmailImpossible },
        { nameof(EditSettingsForm.Phone), "8 701 555", Problems.PhoneTooShort },
        { nameof(EditSettingsForm.WhatsApp), "abc", Problems.PhoneImpossible },
        { nameof(EditSettingsForm.Address), new string('я', 201), Problems.TooLong },
        { nameof(EditSettingsForm.AddressKazakh), new string('я', 201), Problems.TooLong },
        { nameof(EditSettingsForm.Reminder), "{имя}, долг {сума}", Problems.ReminderWordUnknown },
        { nameof(EditSettingsForm.Reminder), "{Имя}, салам", Problems.ReminderWordUnknown },
        { nameof(EditSettingsForm.Reminder), "{имя}, долг {сумма", Problems.ReminderBraceUnpaired },
        { nameof(EditSettingsForm.Reminder), "{имя}, долг сумма}", Problems.ReminderBraceUnpaired },
        { nameof(EditSettingsForm.Reminder), "{имя, долг {сумма}", Problems.ReminderBraceUnpaired },
        { nameof(EditSettingsForm.ReminderKazakh), "{}", Problems.ReminderBraceUnpaired },
        { nameof(EditSettingsForm.ReminderKazakh), "{ имя }", Problems.ReminderWordUnknown },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_AWrongField_SaysSoBesideItAlone(string field, string typed, string code)
    {
        var form = Good;
        typeof(EditSettingsForm).GetProperty(field)!.SetValue(form, typed);

        var problems = new EditSettingsFormValidator().Examine(form);

        Assert.Equal([field], problems.ByField.Keys);
        Assert.Equal(code, problems[field]!.Code);
    }

    [Theory]
    [InlineData("", "2000", "Fees[1].Month", Problems.MonthMissing)]
    [InlineData("июль 2026", "2000", "Fees[1].Month", Problems.MonthMissing)]
    [InlineData("2000-01", "2000", "Fees[1].Month", Problems.FeeMonthTwice)]
    [InlineData("2026-07", "0", "Fees[1].Amount", Problems.NumberOutOfRange)]
    [InlineData("2026-07", "10000001", "Fees[1].Amount", Problems.NumberOutOfRange)]
    [InlineData("2026-07", "2500,50", "Fees[1].Amount", Problems.NumberOutOfRange)]
    public void Check_AWrongFee_SaysSoInItsRow(string month, string amount, string field, string code)
    {
        var form = Good;
        form.AddFee(month, amount);

        var problems = new EditSettingsFormValidator().Examine(form);

        Assert.Equal([field], problems.ByField.Keys);
        Assert.Equal(code, problems[field]!.Code);
    }

    [Fact]
    public void Check_NoFeeAtAll_IsRefused()
    {
        var form = Good;
        form.Fees.Clear();

        Assert.Equal(Problems.FeesEmpty, new EditSettingsFormValidator().Examine(form)[nameof(EditSettingsForm.Fees)]?.Code);
    }

    [Theory]
    [InlineData(nameof(EditSettingsForm.KaspiPhone), "4400 4301 2345 6789")]
    [InlineData(nameof(EditSettingsForm.KaspiPhone), "8 701 555 01 42")]
    [InlineData(nameof(EditSettingsForm.KaspiLink), " https://pay.kaspi.kz/pay/abc12345 ")]
    [InlineData(nameof(EditSettingsForm.AccountPrefix), "00420042")]
    [InlineData(nameof(EditSettingsForm.DeadlineDay), " 31 ")]
    [InlineData(nameof(EditSettingsForm.Reminder), "{имя}, {месяцы}: {сумма}{сумма}. {ссылка}")]
    [InlineData(nameof(EditSettingsForm.ReminderKazakh), "Сәлем!")]
    [InlineData(nameof(EditSettingsForm.MonthsAhead), "0")]
    [InlineData(nameof(EditSettingsForm.WhatsApp), "+994 50 123 45 67")]
    public void Check_WhatPeopleReallyType_IsTaken(string field, string typed)
    {
        var form = Good;
        typeof(EditSettingsForm).GetProperty(field)!.SetValue(form, typed);

        Assert.Empty(new EditSettingsFormValidator().Examine(form).ByField);
    }
}
