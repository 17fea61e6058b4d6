using Diaspora.Data.Operations;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Settings;
using Diaspora.Web.Accounts;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Backups;

/// <summary>Writes to the association, once a day, as long as something is wrong with the backups and no admin has an address to be told at.</summary>
public sealed class BackupLetter(
    BackupService backups, BackupWords words, Mailbox mailbox, CurrentSettings settings, TaskTurns turns, IOptions<SiteOptions> site, IStringLocalizer<BackupsTexts> texts, TimeProvider clock)
{
    private const string Name = "backup letter";
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    /// <returns>Whether a letter waits to be sent now.</returns>
    public async Task<bool> SendAsync(CancellationToken cancel = default)
    {
        if (!mailbox.IsOpen || settings.Value.Association.Email is not { } address || await backups.StateAsync(cancel) is not { IsBad: true } state
            || await IsToldAsync(cancel) || await backups.HasAddresseeAsync(cancel) || !await turns.TakeAsync(Name, Hold, cancel))
        {
            return false;
        }

        DateTime? toldAt = null;
        try
        {
            // Another portal may have told it just before the turn was ours.
            if (!await IsToldAsync(cancel))
            {
                var (subject, lines) = Languages.In(Languages.Default, () => (texts["LetterSubject"].Value, Lines(state)));
                mailbox.Send(address, subject, lines);
                toldAt = clock.GetUtcNow().UtcDateTime;
            }

            return toldAt is not null;
        }
        finally
        {
            await turns.GiveBackAsync(Name, toldAt, CancellationToken.None);
        }
    }

    private async Task<bool> IsToldAsync(CancellationToken cancel) =>
        await turns.LastRunAsync(Name, cancel) is { } last && (clock.GetUtcNow().UtcDateTime - last) is var ago && ago >= TimeSpan.Zero && ago < Every;

    private IReadOnlyList<string> Lines(BackupState state) =>
    [
        texts["LetterGreeting", settings.Value.Association.NameIn(Languages.Default)],
        .. state.Troubles.Select(trouble => words.Of(trouble, state)),
        words.Last(state),
        texts["LetterWhere", new Uri(new Uri(site.Value.BaseUrl!), Urls.AdminBackups).AbsoluteUri],
    ];
}
