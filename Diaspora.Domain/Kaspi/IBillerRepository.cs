using Diaspora.Domain.Members;

namespace Diaspora.Domain.Kaspi;

/// <summary>The bank's calls, and whom they name.</summary>
public interface IBillerRepository
{
    void Add(BillerCall call);

    Task<BillerCall?> FindAsync(string transaction, CancellationToken cancel = default);

    /// <summary>Whose number it is. The number of a record that was merged into another one leads to that one.</summary>
    Task<Guid?> MemberOfAsync(MemberNumber number, CancellationToken cancel = default);
}

public static class BillerRepositories
{
    extension(IWork work)
    {
        public IBillerRepository Biller => work.Repository<IBillerRepository>();

        public IInvoiceRepository Invoices => work.Repository<IInvoiceRepository>();
    }
}
