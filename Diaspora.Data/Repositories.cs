using Diaspora.Data.Access;
using Diaspora.Data.Accounts;
using Diaspora.Data.Backups;
using Diaspora.Data.Cards;
using Diaspora.Data.Content;
using Diaspora.Data.Dues;
using Diaspora.Data.Kaspi;
using Diaspora.Data.Members;
using Diaspora.Data.Members.Import;
using Diaspora.Data.Notifications;
using Diaspora.Data.Operations;
using Diaspora.Data.Payments;
using Diaspora.Data.Reminding;
using Diaspora.Data.Reports;
using Diaspora.Data.Rights;
using Diaspora.Data.Settings;
using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Cards;
using Diaspora.Domain.Content;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Export;
using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Operations;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reminding;
using Diaspora.Domain.Reports;
using Diaspora.Domain.Rights;
using Diaspora.Domain.Settings;

namespace Diaspora.Data;

/// <summary>Which class keeps what the domain asks for. A repository lives as long as its unit of work.</summary>
internal static class Repositories
{
    private static readonly Dictionary<Type, Func<DiasporaDbContext, AccountManagers, IWork, object>> Makers = new()
    {
        [typeof(IAccessRepository)] = (context, _, _) => new AccessRepository(context),
        [typeof(IPaidMonthRepository)] = (context, _, _) => new PaidMonthRepository(context),
        [typeof(ISettingsRepository)] = (context, _, _) => new SettingsRepository(context),
        [typeof(IOperationsRepository)] = (context, _, _) => new OperationsRepository(context),
        [typeof(IContentRepository)] = (context, _, _) => new ContentRepository(context),
        [typeof(IMemberRepository)] = (context, _, _) => new MemberRepository(context),
        [typeof(IMemberListingRepository)] = (context, _, _) => new MemberListingRepository(context),
        [typeof(IAccountRepository)] = (context, accounts, work) => new AccountRepository(context, accounts, work.Sessions),
        [typeof(ISessionRepository)] = (context, _, work) => new SessionRepository(context, work.Announce),
        [typeof(IRegistrationRepository)] = (context, _, _) => new RegistrationRepository(context),
        [typeof(IConsentRepository)] = (context, _, _) => new ConsentRepository(context),
        [typeof(IDeletionRepository)] = (context, _, _) => new DeletionRepository(context),
        [typeof(IDoorRepository)] = (context, _, _) => new DoorRepository(context),
        [typeof(IPaymentRepository)] = (context, _, _) => new PaymentRepository(context),
        [typeof(IEvidenceRepository)] = (context, _, _) => new EvidenceRepository(context),
        [typeof(IKaspiRepository)] = (context, _, _) => new KaspiRepository(context),
        [typeof(IBillerRepository)] = (context, _, _) => new BillerRepository(context),
        [typeof(IInvoiceRepository)] = (context, _, _) => new InvoiceRepository(context),
        [typeof(IReconciliationRepository)] = (context, _, _) => new ReconciliationRepository(context),
        [typeof(IReceiptReadingRepository)] = (context, _, _) => new ReceiptReadingRepository(context),
        [typeof(ICreditRepository)] = (context, _, _) => new CreditRepository(context),
        [typeof(IImportRepository)] = (context, _, _) => new ImportRepository(context),
        [typeof(IImportBookingRepository)] = (context, _, _) => new ImportBookingRepository(context),
        [typeof(IDuplicateRepository)] = (context, _, _) => new DuplicateRepository(context),
        [typeof(IExportRepository)] = (context, _, _) => new ExportRepository(context),
        [typeof(IDashboardRepository)] = (context, _, _) => new DashboardRepository(context, new RegistrationRepository(context)),
        [typeof(IReportRepository)] = (context, _, _) => new ReportRepository(context),
        [typeof(IOutboxRepository)] = (context, _, _) => new OutboxRepository(context),
        [typeof(IChannelConsentRepository)] = (context, _, _) => new ChannelConsentRepository(context),
        [typeof(IMessageTextRepository)] = (context, _, _) => new MessageTextRepository(context),
        [typeof(IPushRepository)] = (context, _, _) => new PushRepository(context),
        [typeof(IReminderRepository)] = (context, _, _) => new ReminderRepository(context),
        [typeof(IBackupRepository)] = (context, _, _) => new BackupRepository(context),
    };

    /// <exception cref="InvalidOperationException">Nobody has said here which class it is.</exception>
    public static object Make(Type repository, DiasporaDbContext context, AccountManagers accounts, IWork work) =>
        Makers.TryGetValue(repository, out var make)
            ? make(context, accounts, work)
            : throw new InvalidOperationException($"No class keeps {repository.Name}: name one in {nameof(Repositories)} of Diaspora.Data.");
}
