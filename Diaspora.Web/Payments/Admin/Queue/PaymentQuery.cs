using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>What the queue's address says: the filter, and which intent is open beside it. A part that cannot be read is ignored.</summary>
public sealed record PaymentQuery(PaymentFilter Filter, Guid? Intent = null)
{
    private const string AllStatuses = "all";
    private const string Reversed = "-";

    public static PaymentQuery Parse(string? status, string? month, string? search, string? page, string? intent, string? method = null, string? sort = null, string? attention = null) => new(
        new PaymentFilter(
            StatusOf(status),
            Period.TryParse(month, out var period) ? period : null,
            search,
            Urls.PageOf(page))
        {
            Method = Named<PaymentMethod>(method),
            Sort = Named<PaymentSort>(sort?.TrimStart(Reversed[0])) ?? PaymentSort.Waiting,
            IsReversed = sort?.StartsWith(Reversed, StringComparison.Ordinal) == true && Named<PaymentSort>(sort.TrimStart(Reversed[0])) is not null,
            NeedsAttention = attention is not null && StatusOf(status) == PaymentStatus.Pending,
        },
        Guid.TryParse(intent.Visible(), out var id) ? id : null);

    /// <summary>The address that <see cref="Parse"/> reads back as this. Default values are left out.</summary>
    public string Url
    {
        get
        {
            var query = new QueryBuilder();
            if (Filter.Status != PaymentStatus.Pending)
            {
                query.Add("status", Filter.Status is { } status ? status.ToString().ToLowerInvariant() : AllStatuses);
            }

            if (Filter.Month is { } month)
            {
                query.Add("month", month.ToString());
            }

            if (Filter.Search is { Length: > 0 } search)
            {
                query.Add("q", search);
            }

            if (Filter.Method is { } method)
            {
                query.Add("method", method.ToString().ToLowerInvariant());
            }

            if (Filter.NeedsAttention)
            {
                query.Add("attention", "1");
            }

            if (Filter.Sort != PaymentSort.Waiting || Filter.IsReversed)
            {
                query.Add("sort", (Filter.IsReversed ? Reversed : "") + Filter.Sort.ToString().ToLowerInvariant());
            }

            if (Filter.Number > 1)
            {
                query.Add("page", Filter.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            if (Intent is { } intent)
            {
                query.Add("intent", intent.ToString());
            }

            return Urls.AdminPayments + query.ToQueryString();
        }
    }

    /// <summary>Another filter begins on its first page with nothing open.</summary>
    public PaymentQuery With(PaymentStatus? status) => new(Filter with { Status = status, NeedsAttention = false, Number = 1 });

    public PaymentQuery With(PaymentMethod? method) => new(Filter with { Method = method, Number = 1 });

    /// <summary>Sorted by it; the other way round where it is already.</summary>
    public PaymentQuery With(PaymentSort sort) => new(Filter with { Sort = sort, IsReversed = Filter.Sort == sort && !Filter.IsReversed, Number = 1 });

    public PaymentQuery WithAttention(bool isWanted) => new(Filter with { NeedsAttention = isWanted, Number = 1 });

    public PaymentQuery With(Period? month) => new(Filter with { Month = month, Number = 1 });

    public PaymentQuery WithSearch(string? search) => new(Filter with { Search = search, Number = 1 });

    public PaymentQuery OnPage(int number) => new(Filter with { Number = number });

    public PaymentQuery Opening(Guid? intent) => this with { Intent = intent };

    private static PaymentStatus? StatusOf(string? text) =>
        string.Equals(text, AllStatuses, StringComparison.OrdinalIgnoreCase) ? null
        : Named<PaymentStatus>(text) ?? PaymentStatus.Pending;

    private static T? Named<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var named) && Enum.IsDefined(named) && !int.TryParse(text, out _) ? named : null;
}
