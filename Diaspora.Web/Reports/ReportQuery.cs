using System.Globalization;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;

namespace Diaspora.Web.Reports;

/// <summary>The files that can be had of the reports.</summary>
public enum ReportFile
{
    Month,
    Year,
    Matrix,
    Debtors,
}

/// <summary>What the addresses of the report's lists say. A part that cannot be read is left out: an address may be typed by hand.</summary>
public static class ReportQuery
{
    public static ReportListFilter Parse(string? of, Period month, string? city, string? noCity, string? method, string? debt, string? page) =>
        new(Named<ReportListKind>(of) ?? ReportListKind.Unpaid, month, Urls.PageOf(page))
        {
            City = string.IsNullOrWhiteSpace(city) ? null : city,
            IsWithoutCity = noCity is not null,
            Method = Named<PaymentMethod>(method),
            Debt = int.TryParse(debt, NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? DebtSpan.Find(from) : null,
        };

    public static string Url(ReportListFilter filter)
    {
        var query = new QueryBuilder { { "of", Lower(filter.Of) }, { "month", filter.Month.ToString() } };
        Add("city", filter.City);
        Add("nocity", filter.IsWithoutCity ? "yes" : null);
        Add("method", filter.Method is { } method ? Lower(method) : null);
        Add("debt", filter.Debt?.From.ToString(CultureInfo.InvariantCulture));
        Add("page", filter.Number > 1 ? filter.Number.ToString(CultureInfo.InvariantCulture) : null);
        return Urls.ReportList + query.ToQueryString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }

    public static string Url(MatrixFilter filter)
    {
        var query = new QueryBuilder { { "year", filter.Year.ToString(CultureInfo.InvariantCulture) } };
        if (filter.Search is { Length: > 0 } search)
        {
            query.Add("q", search);
        }

        if (filter.IsByDebt)
        {
            query.Add("sort", "-debt");
        }

        if (filter.IsWhole)
        {
            query.Add("all", "true");
        }

        if (filter.Number > 1)
        {
            query.Add("page", filter.Number.ToString(CultureInfo.InvariantCulture));
        }

        return Urls.ReportMatrix + query.ToQueryString();
    }

    private static TEnum? Named<TEnum>(string? text) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text![0]) ? value : null;

    private static string Lower<TEnum>(TEnum value) where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
