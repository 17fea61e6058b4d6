using Diaspora.Data.Operations;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Settings;
using Diaspora.Web.Accounts;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Backups;

/// <summary>Writes to the admins, once a day, as long as something is wrong with the backups.</summary>
public sealed class BackupLetter(
    BackupService backups, BackupWords words, Mailbox mailbox, CurrentSettings settings, TaskTurns turns, IOptions<SiteOptions> site, IStringLocalizer<BackupsTexts> texts, TimeProvider clock)
{
    private const string Name = "backup letter";
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    /// <returns>How many letters wait to be sent now.</returns>
    public async Task<int> SendAsync(CancellationToken cancel = default)
    {
        if (!mailbox.IsOpen || await backups.StateAsync(cancel) is not { IsBad: true } state || await IsToldAsync(cancel) || !await turns.TakeAsync(Name, Hold, cancel))
        {
            return 0;
        }

        DateTime? toldAt = null;
        try
        {
            // Another portal may have told it just before the turn was ours.
            var addressees = await IsToldAsync(cancel) ? [] : await AddresseesAsync(cancel);
            foreach (var addressee in addressees)
            {
                var (subject, lines) = Languages.In(addressee.Language, () => (texts["LetterSubject"].Value, Lines(state, addressee.Language)));
                mailbox.Send(addressee.Address, subject, lines);
                toldAt = clock.GetUtcNow().UtcDateTime;
            }

            return addressees.Count;
        }
        finally
        {
            await turns.GiveBackAsync(Name, toldAt, CancellationToken.None);
        }
    }

    private async Task<bool> IsToldAsync(CancellationToken cancel) =>
        await turns.LastRunAsync(Name, cancel) is { } last && (clock.GetUtcNow().UtcDateTime - last) is var ago && ago >= TimeSpan.Zero && ago < Every;

    /// <summary>The admins, and where none of them has an address, the association.</summary>
    private async Task<IReadOnlyList<BackupAddressee>> AddresseesAsync(CancellationToken cancel) =>
        await backups.AddresseesAsync(cancel) is { Count: > 0 } admins ? admins
            : settings.Value.Association.Email is { } address ? [new BackupAddressee(address, Languages.Default)] : [];

    private IReadOnlyList<string> Lines(BackupState state, string language) =>
    [
        texts["LetterGreeting", settings.Value.Association.NameIn(language)],
        .. state.Troubles.Select(trouble => words.Of(trouble, state)),
        words.Last(state),
        texts["LetterWhere", new Uri(new Uri(site.Value.BaseUrl!), Urls.AdminBackups).AbsoluteUri],
    ];
}
