using Diaspora.Domain.Accounts;
using Diaspora.Domain.Audit;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Duplicates;
using Diaspora.Domain.Members.Export;
using Diaspora.Domain.Members.Import;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain;

/// <summary>Opens one short-lived unit of work per verb. No service keeps one: "scoped" lives as long as a tab in Blazor Server.</summary>
public interface IStore
{
    /// <summary>Reads and lets go. Nothing that <paramref name="read"/> loads is tracked or saved.</summary>
    Task<T> ReadAsync<T>(Func<IWork, Task<T>> read, CancellationToken cancel = default);

    /// <summary>
    /// Runs <paramref name="write"/> in one transaction, commits, then announces. It may run again after a transient fault or a
    /// lost race, each time on fresh repositories, so it touches only its argument.
    /// </summary>
    Task<T> WriteAsync<T>(Func<IWork, Task<T>> write, CancellationToken cancel = default);
}

/// <summary>One unit of work: the repositories of one context, the audit entries and announcements of one verb.</summary>
public interface IWork
{
    IMemberRepository Members { get; }

    IMemberDuesRepository Dues { get; }

    IPaymentRepository Payments { get; }

    ICreditRepository Credits { get; }

    IAccountRepository Accounts { get; }

    ISessionRepository Sessions { get; }

    IRegistrationRepository Registrations { get; }

    IImportRepository Imports { get; }

    ISettingsRepository Settings { get; }

    IExportRepository Exports { get; }

    IDuplicateRepository Duplicates { get; }

    IAuditRepository Audit { get; }

    /// <summary>Published after the commit, and only if there was one.</summary>
    void Announce(Change change);
}
