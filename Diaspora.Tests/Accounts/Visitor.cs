using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Accounts;

/// <summary>A browser without scripts: keeps cookies, sends forms as they stand on the page, follows nothing by itself.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;

    public Visitor(PortalHost portal) : this(portal.Address)
    {
    }

    public Visitor(Uri portal)
    {
        Cookies = new CookieContainer();
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = portal };
    }

    public CookieContainer Cookies { get; }

    /// <summary>What it says with every request.</summary>
    public HttpRequestHeaders Headers => _client.DefaultRequestHeaders;

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public async Task<string> ReadAsync(string path) => Text(await (await GetAsync(path)).Content.ReadAsStringAsync());

    /// <summary>Opens the page, fills its form and sends it.</summary>
    public async Task<Answer> SendAsync(string path, params (string Name, string Value)[] typed)
    {
        var form = await FormAsync(path);
        return await SendAsync(form, typed);
    }

    /// <summary>The hidden fields of the page's own form, to be sent later or twice.</summary>
    public async Task<(string Action, Dictionary<string, string> Hidden)> FormAsync(string path)
    {
        return FormOf(await (await GetAsync(path)).Content.ReadAsStringAsync(), path);
    }

    /// <summary>Where the form of this page is sent, and with what besides the fields one fills.</summary>
    public static (string Action, Dictionary<string, string> Hidden) FormOf(string page, string path)
    {
        var form = Form().Match(page);
        Assert.True(form.Success, $"{path} has no form");
        var hidden = Hidden().Matches(form.Groups["body"].Value).ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        return (WebUtility.HtmlDecode(form.Groups["action"].Value), hidden);
    }

    public async Task<Answer> SendAsync((string Action, Dictionary<string, string> Hidden) form, params (string Name, string Value)[] typed)
    {
        using var response = await PostAsync(form, typed);
        return new Answer(response.StatusCode, response.Headers.Location?.ToString(), Text(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The same, for an answer that is no page.</summary>
    public async Task<HttpResponseMessage> PostAsync((string Action, Dictionary<string, string> Hidden) form, params (string Name, string Value)[] typed)
    {
        using var content = new FormUrlEncodedContent(form.Hidden.Concat(typed.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        return await _client.PostAsync(form.Action, content);
    }

    /// <summary>Sends files; the hidden fields of any page of the same person are as good as those of the form itself.</summary>
    public async Task<HttpResponseMessage> UploadAsync((string Action, Dictionary<string, string> Hidden) form, string action, string field, params (string Name, byte[] Bytes)[] files)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in form.Hidden)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (name, bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), field, name);
        }

        return await _client.PostAsync(action, content);
    }

    public void Dispose() => _client.Dispose();

    private static string Text(string html) => WebUtility.HtmlDecode(html).Replace('\u00A0', ' ');

    [GeneratedRegex("""<form method="post"[^>]*action="(?<action>[^"]*)"[^>]*>(?<body>.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Hidden();
}

/// <param name="Location">Where the browser is sent.</param>
internal sealed record Answer(HttpStatusCode Status, string? Location, string Page);
