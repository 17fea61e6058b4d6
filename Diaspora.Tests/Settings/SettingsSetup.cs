using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;
using Xunit;

namespace Diaspora.Tests.Settings;

internal static class SettingsSetup
{
    public static SettingsSnapshot Seed(TestDatabase database) => new(database.Rules)
    {
        Association = new AssociationContacts("«Диаспора»", null, "salam@diaspora.example", "+7 700 000 00 00", null, null, null),
        Kaspi = new KaspiRequisites("Лейла И.", null, "https://pay.kaspi.kz/pay/abc12345", null),
    };

    /// <summary>A file whose settings were stored by the start.</summary>
    public static async Task<TestDatabase> SeededAsync()
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        await database.Get<SettingsService>().SeedAsync(Seed(database));
        return database;
    }

    public static async Task<EditSettingsForm> FormAsync(this TestDatabase database, Actor admin) => EditSettingsForm.Of(await database.Get<SettingsService>().SettingsAsync(admin));

    /// <summary>What an admin does on the page: reads, changes, saves.</summary>
    public static async Task EditAsync(this TestDatabase database, Actor admin, Action<EditSettingsForm> change)
    {
        var form = await database.FormAsync(admin);
        change(form);
        await database.Get<SettingsService>().EditAsync(admin, form);
    }

    public static void AddFee(this EditSettingsForm form, string month, string amount) => form.Fees.Add(new FeeStepForm { Month = month, Amount = amount });

    public static async Task<FormProblems> RefusedFieldsAsync(Func<Task> act) => (await Assert.ThrowsAsync<FormException>(act)).Problems;
}
