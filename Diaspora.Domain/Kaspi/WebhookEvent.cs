namespace Diaspora.Domain.Kaspi;

/// <summary>A signed call of an aggregator as it came: stored before it is answered, worked off afterwards.</summary>
public sealed class WebhookEvent
{
    public const int ProviderLength = 20;
    public const int BodyLength = 16_000;
    public const int ProblemLength = 400;

    private WebhookEvent()
    {
    }

    /// <param name="sha256">Of the body: the same one again is one.</param>
    public WebhookEvent(string provider, string sha256, string body, DateTime now)
    {
        Provider = provider;
        Sha256 = sha256;
        Body = body;
        ReceivedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public string Provider { get; private set; } = "";

    public string Sha256 { get; private set; } = "";

    public string Body { get; private set; } = "";

    public DateTime ReceivedAt { get; private set; }

    /// <summary>When it was worked off; missing while it waits.</summary>
    public DateTime? WorkedAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>What stood in the way the last time, or what it told that concerns nothing here.</summary>
    public string? Problem { get; private set; }

    public void Finish(string? problem, DateTime now) => (WorkedAt, Attempts, Problem) = (now, Attempts + 1, Cut(problem));

    public void Fail(string problem) => (Attempts, Problem) = (Attempts + 1, Cut(problem));

    private static string? Cut(string? text) => text is { Length: > ProblemLength } ? text[..ProblemLength] : text;
}
