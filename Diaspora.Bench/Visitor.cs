using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Web.Shell;
using Microsoft.Data.Sqlite;

namespace Diaspora.Bench;

/// <summary>A browser of one's own, as far as pages, forms and cookies go.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;
    private Dictionary<string, string> _form = [];
    private string _door = Urls.Login;

    public Visitor(Uri portal) =>
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = portal, Timeout = TimeSpan.FromMinutes(2) };

    public CookieContainer Cookies { get; } = new();

    /// <summary>The phones of demo members who can sign in; all have the same password.</summary>
    public static async Task<List<string>> PhonesAsync(Portal portal)
    {
        await using var connection = new SqliteConnection($"Data Source={portal.Database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT m.Phone FROM Members m JOIN Accounts a ON a.Id = m.Id WHERE m.Role = 0 AND m.BlockedAt IS NULL AND a.PasswordHash IS NOT NULL ORDER BY m.Phone";
        await using var reader = await read.ExecuteReaderAsync();
        List<string> phones = [];
        while (await reader.ReadAsync())
        {
            phones.Add(reader.GetString(0));
        }

        return phones;
    }

    /// <summary>Opens the page of the sign-in; its form is sent by <see cref="SignInAsync"/>.</summary>
    /// <param name="door">Staff have a page of their own.</param>
    public async Task KnockAsync(string door = Urls.Login)
    {
        var page = await ReadAsync(_door = door);
        _form = Hidden().Matches(page).ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
    }

    /// <returns>A redirect where that opened the cabinet; who is told to come again because the queue is full gets 429.</returns>
    public async Task<HttpStatusCode> SignInAsync(string phone, string password)
    {
        using var content = new FormUrlEncodedContent([.. _form, new("Form.Phone", phone), new("Form.Password", password)]);
        using var answer = await _client.PostAsync(new Uri(_door, UriKind.Relative), content);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode;
    }

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {answer.Headers.Location}");
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""")]
    private static partial Regex Hidden();
}
