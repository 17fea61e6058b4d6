using System.Text;
using Diaspora.Domain.Access;
using Diaspora.Domain.Cards;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Cards;

/// <summary>What the pages that check cards ask: they do it by themselves and work on without a connection.</summary>
public static class CardEndpoints
{
    /// <summary>A photo of a phone's camera.</summary>
    private const long MostPhotoBytes = 12 * 1024 * 1024;

    /// <summary>As many entries as are taken at once, and some room.</summary>
    private const long MostReportBytes = 256 * 1024;

    private const string NotKept = "private, no-store";

    public static void MapCardChecks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Urls.CardList, ListAsync).AnswersRefusals().AllowAnonymous();
        routes.MapPost(Urls.CardCheck, CheckAsync).AnswersRefusals().AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(CardCode.Length));
        routes.MapPost(Urls.DoorCheck, AtDoorAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Cashier)).WithMetadata(new RequestSizeLimitAttribute(CardCode.Length));
        routes.MapPost(Urls.DoorReport, ReportAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Cashier)).WithMetadata(new RequestSizeLimitAttribute(MostReportBytes));
        routes.MapPost(Urls.DoorPhoto, PhotoAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Cashier)).WithMetadata(new RequestSizeLimitAttribute(MostPhotoBytes));
    }

    /// <param name="At">By the portal's clock, in milliseconds: whose own is wrong can still tell what has ended.</param>
    private sealed record CardList(long At, IEnumerable<ListedKey> Keys, IReadOnlyList<string> Revoked);

    private sealed record ListedKey(string Id, string Key);

    private sealed record Answer(string State, string? Name = null, string? Standing = null);

    private static async Task<IResult> ListAsync(HttpContext context, CardKeys keys, CardService cards, TimeProvider clock, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = NotKept;
        var revoked = await cards.RevokedAsync(cancel);
        return TypedResults.Json(new CardList(clock.GetUtcNow().ToUnixTimeMilliseconds(), keys.All.Select(key => new ListedKey(key.Id, Convert.ToBase64String(key.PublicKey))), revoked));
    }

    private static Task<IResult> CheckAsync(HttpContext context, CardCode codes, CardService cards, CancellationToken cancel) =>
        AnswerAsync(context, codes, mark => cards.CheckAsync(mark, cancel), holder => new Answer(NameOf(CardState.Valid), Initials.Brief(holder.FullName)), cancel);

    private static Task<IResult> AtDoorAsync(HttpContext context, CardCode codes, CardService cards, IStringLocalizer<StatusTexts> texts, CancellationToken cancel) =>
        AnswerAsync(context, codes, mark => cards.AtDoorAsync(CurrentActor.Of(context), mark, cancel),
            holder => new Answer(NameOf(CardState.Valid), holder.FullName, texts[holder.Standing.Look().Key]), cancel);

    /// <summary>The code comes as plain text.</summary>
    private static async Task<IResult> AnswerAsync(HttpContext context, CardCode codes, Func<CardMark, Task<CardHolder?>> find, Func<CardHolder, Answer> of, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = NotKept;
        using var body = new StreamReader(context.Request.Body, Encoding.ASCII);
        var (state, mark) = codes.Read(await body.ReadToEndAsync(cancel));
        return TypedResults.Json(
            state != CardState.Valid ? new Answer(NameOf(state))
            : await find(mark!) is { } holder ? of(holder)
            : new Answer(NameOf(CardState.Revoked)));
    }

    /// <summary>For browsers that read no codes: whatever the code on a photo says, in the same words.</summary>
    private static async Task<IResult> PhotoAsync(HttpContext context, Quotas quotas, CancellationToken cancel)
    {
        quotas.Spend(CurrentActor.Of(context), Quota.Upload);
        using var photo = new MemoryStream();
        await context.Request.Body.CopyToAsync(photo, cancel);
        return PictureCode.TextOf(photo.ToArray(), cancel) is { } text ? TypedResults.Text(text) : TypedResults.UnprocessableEntity();
    }

    /// <summary>What a door saw, and what the others did. Times are in milliseconds.</summary>
    private static async Task<IResult> ReportAsync(HttpContext context, SaidReport said, DoorService doors, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = NotKept;
        var entries = (said.Entries ?? []).OfType<SaidEntry>().Where(entry => entry is { Event: not null, Seal: not null, At: > 0 }).Select(entry => new DoorEntryMark(entry.Event!.Mark, entry.Seal!, TimeOf(entry.At)));
        var news = await doors.ReportAsync(CurrentActor.Of(context), new DoorReport(said.Begun?.Mark, [.. entries], said.Known, said.Since is { } since ? TimeOf(since) : null), cancel);
        return TypedResults.Json(new
        {
            Event = news.Event is { } current ? new { current.Id, current.Name, Began = Milliseconds(current.BeganAt) } : null,
            ReadAt = Milliseconds(news.ReadAt),
            Cards = news.Cards.Select(card => new { card.Seal, At = Milliseconds(card.At) }),
        });
    }

    private sealed record SaidReport(SaidEvent? Begun, IReadOnlyList<SaidEntry?>? Entries, Guid? Known, long? Since);

    private sealed record SaidEntry(SaidEvent? Event, string? Seal, long At);

    private sealed record SaidEvent(Guid Id, string? Name, long Began)
    {
        public DoorEventMark Mark => new(Id, string.IsNullOrWhiteSpace(Name) ? null : Name.Visible(), TimeOf(Began));
    }

    /// <summary>Whatever number a browser says is some time.</summary>
    private static DateTime TimeOf(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())).UtcDateTime;

    private static long Milliseconds(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static string NameOf(CardState state) => state.ToString().ToLowerInvariant();
}
