using Diaspora.Data.Access;
using Diaspora.Data.Accounts;
using Diaspora.Data.Content;
using Diaspora.Data.Dues;
using Diaspora.Data.Members;
using Diaspora.Data.Members.Import;
using Diaspora.Data.Payments;
using Diaspora.Data.Settings;
using Diaspora.Domain.Access;
using Diaspora.Domain.Content;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Export;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Data;

/// <summary>Which class keeps what the domain asks for. A repository lives as long as its unit of work.</summary>
internal static class Repositories
{
    private static readonly Dictionary<Type, Func<DiasporaDbContext, AccountManagers, object>> Makers = new()
    {
        [typeof(IAccessRepository)] = (context, _) => new AccessRepository(context),
        [typeof(IPaidMonthRepository)] = (context, _) => new PaidMonthRepository(context),
        [typeof(ISettingsRepository)] = (context, _) => new SettingsRepository(context),
        [typeof(IContentRepository)] = (context, _) => new ContentRepository(context),
        [typeof(IMemberRepository)] = (context, _) => new MemberRepository(context),
        [typeof(IMemberListingRepository)] = (context, _) => new MemberListingRepository(context),
        [typeof(IAccountRepository)] = (context, accounts) => new AccountRepository(context, accounts),
        [typeof(IRegistrationRepository)] = (context, _) => new RegistrationRepository(context),
        [typeof(IPaymentRepository)] = (context, _) => new PaymentRepository(context),
        [typeof(ICreditRepository)] = (context, _) => new CreditRepository(context),
        [typeof(IImportRepository)] = (context, _) => new ImportRepository(context),
        [typeof(IImportBookingRepository)] = (context, _) => new ImportBookingRepository(context),
        [typeof(IDuplicateRepository)] = (context, _) => new DuplicateRepository(context),
        [typeof(IExportRepository)] = (context, _) => new ExportRepository(context),
    };

    /// <exception cref="InvalidOperationException">Nobody has said here which class it is.</exception>
    public static object Make(Type repository, DiasporaDbContext context, AccountManagers accounts) =>
        Makers.TryGetValue(repository, out var make)
            ? make(context, accounts)
            : throw new InvalidOperationException($"No class keeps {repository.Name}: name one in {nameof(Repositories)} of Diaspora.Data.");
}
