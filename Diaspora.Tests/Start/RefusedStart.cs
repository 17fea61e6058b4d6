namespace Diaspora.Tests.Start;

/// <summary>A configuration or a folder with which the portal must not start, and what it says: as many lines as there are sentences here.</summary>
internal sealed record RefusedStart(string Name, string[] Sentences, params string[] Settings)
{
    private const string Mail = "Smtp:Host=smtp.example.kz;Smtp:From=salam@example.kz;Site:BaseUrl=https://portal.example.kz;";
    private const string Bot = "Site:BaseUrl=https://portal.example.kz;Notifications:Telegram:BotToken=123456789:AAtokenOfTestsThatNobodyHas_0123456789;Notifications:Telegram:BotName=diaspora_bot;Notifications:Telegram:WebhookSecret=a-secret-of-the-webhook;";
    private const string Owner = "Admin:Phone=+7 701 555 01 01;Admin:FullName=Алиева Нигяр;";

    /// <summary>What is done to the folder of a portal with data before the start. Without it there is no folder, and there must be none afterwards.</summary>
    public Func<LivedFolder, Task>? Damage { get; init; }

    public string Environment { get; init; } = "Production";

    /// <summary>Which rights somebody has is asked of an account that may not do everything.</summary>
    public bool IsAboutRights { get; init; }

    /// <summary>What it is about: settings of other sections, wrong at the same start, have sentences of their own. Letters have links, which are the site's.</summary>
    private string[] Sections => [.. Settings.Select(setting => setting.Split(':', '=')[0].Replace("Smtp", "Site", StringComparison.Ordinal)).Distinct()];

    /// <summary>Wrong by what is looked at without a folder or a database. The others start alone.</summary>
    private bool GoesWithOthers => Damage is null && Sentences.Length == 1 && Sections is not ["Database" or "Storage", ..] && Environment == "Production" && !IsAboutRights;

    /// <summary>As few starts as show them all: all that is wrong is told at once.</summary>
    public static IReadOnlyList<RefusedStart[]> Together
    {
        get
        {
            List<List<RefusedStart>> starts = [];
            foreach (var one in All.Values)
            {
                if (starts.Find(others => one.GoesWithOthers && others.TrueForAll(other => other.GoesWithOthers && !other.Sections.Intersect(one.Sections).Any())) is { } company)
                {
                    company.Add(one);
                }
                else
                {
                    starts.Add([one]);
                }
            }

            return [.. starts.Select(company => company.ToArray())];
        }
    }

    public static IReadOnlyDictionary<string, RefusedStart> All { get; } = ((RefusedStart[])
    [
        Of("a fee that is no number", "Dues:Fee = 'abc' must be a whole number.", "Dues:Fee=abc"),
        Of("no fee", "Dues:Fee must be a whole number of tenge", "Dues:Fee=0"),
        Of("a deadline on the 32nd", "Dues:DeadlineDay must be a day of the month", "Dues:DeadlineDay=32"),
        Of("a zone that is nowhere", "Dues:TimeZone must be the name of a time zone", "Dues:TimeZone=Asia/Nowhere"),
        Of("a slip in a key", "Dues:Fees is not known: Dues:Fee is meant.", "Dues:Fees=2500"),
        Of("letters swapped in a key", "Dues:DeadlineDya is not known: Dues:DeadlineDay is meant.", "Dues:DeadlineDya=12"),
        Of("a key of nothing", "Dues:Colour is not known: the section Dues has Fee,", "Dues:Colour=red"),
        Of("a slip in a section", "The section Due is not known: Dues is meant.", "Due:Fee=2500"),
        Of("a section as a value", "Dues is a section and has no value of its own", "Dues=2500"),
        Of("keys beneath a value", "Dues:Fee is one value and has no keys beneath it.", "Dues:Fee:Tenge=2500"),
        Of("another name for the folder", "Storage:Path is not known: the section Storage has Directory.", "Storage:Path=/data"),
        Of("a database that is not known", "Database:Provider = 'Postgres' is not known", "Database:Provider=Postgres"),
        Of("too much patience", "Database:PatienceSeconds = 60 must lie between 1 and 4.", "Database:PatienceSeconds=60"),
        Of("what is no way to a file", "Database:ConnectionString is not one of SQLite", "Database:ConnectionString=File of mine=1"),
        Of("no way to the server", "Database:ConnectionString is missing", "Database:Provider=SqlServer"),
        Of("what is no way to a server", "Database:ConnectionString is not one of SQL Server", "Database:Provider=SqlServer;Database:ConnectionString=Nonsense"),
        Of("a server that is not there", "the SQL Server '127.0.0.1,1' does not let the portal in", "Database:Provider=SqlServer;Database:ConnectionString='Server=127.0.0.1,1;User Id=sa;Password=x;Encrypt=false'"),
        Of("a server that says nothing", "does not let the portal in", "Database:Provider=SqlServer;Database:ConnectionString='Server=127.0.0.1,{silent};User Id=sa;Password=x;Encrypt=false'"),
        Of("a level that is none", "Serilog:MinimumLevel:Default = 'Loud' is not a level", "Serilog:MinimumLevel:Default=Loud"),
        Of("a level of a part that is none", "Serilog:MinimumLevel:Override:Microsoft = 'Quiet' is not a level", "Serilog:MinimumLevel:Override:Microsoft=Quiet"),
        Of("an address that is none", "ASPNETCORE_URLS: 'portal' is no address to listen at", "urls=portal"),
        Of("mail by a web address", "Smtp:Host = 'https://smtp.example.kz' must be the name of a server alone", Mail + "Smtp:Host=https://smtp.example.kz"),
        Of("mail with its port in the name", "Smtp:Host = 'smtp.example.kz:25' must be the name of a server alone", Mail + "Smtp:Host=smtp.example.kz:25"),
        Of("mail from nobody", "Smtp:From is missing or no e-mail address", Mail + "Smtp:From=nobody at all"),
        Of("mail without a password", "Smtp:Password is missing", Mail + "Smtp:User=salam"),
        Of("mail without a user", "Smtp:User is missing", Mail + "Smtp:Password=ladder-of-seven-steps"),
        Of("mail through port 0", "Smtp:Port must be 1 to 65535.", Mail + "Smtp:Port=0"),
        Of("mail through a word", "Smtp:Port = 'mail' must be a whole number.", Mail + "Smtp:Port=mail"),
        Of("mail perhaps by TLS", "Smtp:UseTls = 'perhaps' must be true or false.", Mail + "Smtp:UseTls=perhaps"),
        Of("mail whose links lead nowhere", "Site:BaseUrl is missing", "Smtp:Host=smtp.example.kz;Smtp:From=salam@example.kz"),
        Of("half a bot", "Notifications:Telegram:BotName is missing: BotToken, BotName, WebhookSecret go together.", Bot + "Notifications:Telegram:BotName="),
        Of("a bot with a token that is none", "Notifications:Telegram:BotToken must be the token that @BotFather gave", Bot + "Notifications:Telegram:BotToken=diaspora"),
        Of("a bot whose calls anybody could make", "Notifications:Telegram:WebhookSecret must be 16 to 256", Bot + "Notifications:Telegram:WebhookSecret=abc"),
        Of("a bot that leads nowhere", "Site:BaseUrl is missing (https://portal.example.kz); messages lead to the portal", Bot + "Site:BaseUrl="),
        Of("a slip in the bot's keys", "Notifications:Telegram:BotTokn is not known: Notifications:Telegram:BotToken is meant.", "Notifications:Telegram:BotTokn=1"),
        Of("a site without a scheme", "Site:BaseUrl = 'portal.example.kz' is no address of a site", "Site:BaseUrl=portal.example.kz"),
        Of("a site below another", "Site:BaseUrl = 'https://example.kz/portal' is no address of a site", "Site:BaseUrl=https://example.kz/portal"),
        Of("a proxy by its name", "'caddy' is not an IP address", "Proxy:Addresses:0=caddy"),
        Of("a slip in the proxies", "Proxy:Adresses is not known: Proxy:Addresses is meant.", "Proxy:Adresses:0=127.0.0.1"),
        Of("no pages", "Limits:Pages must be a number of open pages", "Limits:Pages=0"),
        Of("a slip in a limit", "Limits:SignInPerAdress is not known: Limits:SignInPerAddress is meant.", "Limits:SignInPerAdress=5"),
        Of("cheap passwords", "Passwords:MemoryKiB must be at least 8192.", "Passwords:MemoryKiB=64"),
        Of("sessions of no days", "Sessions:MemberIdleDays must be 1 to 400.", "Sessions:MemberIdleDays=0"),
        Of("an association without an address", "Association:Email must be an e-mail address", "Association:Email=nobody"),
        Of("an association without a phone", "Association:Phone must be a telephone number", "Association:Phone=12"),
        Of("the link of the example", "Kaspi:Link is still the example", "Kaspi:Link=https://pay.kaspi.kz/pay/…"),
        Of("a link to somebody else", "Kaspi:Link must begin with https://pay.kaspi.kz/pay/", "Kaspi:Link=https://example.org/pay/1"),
        Of("a prefix of letters", "Kaspi:AccountPrefix must be digits", "Kaspi:AccountPrefix=abc"),
        Of("a bank to play with", "Kaspi:Simulator is a bank to play with", "Kaspi:Simulator=true"),
        Of("a bank at this machine", "Kaspi:Biller:Addresses: '127.0.0.1' is this machine", "Kaspi:Biller:Addresses:0=127.0.0.1"),
        Of("a slip in the bank's addresses", "Kaspi:Biller:Adresses is not known: Kaspi:Biller:Addresses is meant.", "Kaspi:Biller:Adresses:0=194.187.247.152"),
        Of("an admin without a phone", "Admin:Phone is not a telephone number.", Owner + "Admin:Password=верблюд пьёт чай;Admin:Phone=12"),
        Of("an admin whose phone was forgotten", "Admin:Phone is missing", "Admin:Password=верблюд пьёт чай"),
        Of("an admin without a name", "Admin:FullName is missing.", "Admin:Phone=+7 701 555 01 01;Admin:Password=верблюд пьёт чай"),
        Of("an admin without a password", "Admin:Password is missing.", Owner),
        Of("an admin with a short password", "Admin:Password is refused: PasswordTooShort.", Owner + "Admin:Password=чай"),
        Of("an admin with the demo's password", "Admin:Password is the password of the demo", Owner + "Admin:Password=nar-va-alma-26"),
        new("an admin with the example's password", ["Admin:Password is still the example's 'change-me'", "Admin:Password is refused"], (Owner + "Admin:Password=change-me").Split(';')),
        Of("a secret of the example", "Smtp:Password is still the example's 'change-me'", Mail + "Smtp:User=salam;Smtp:Password=change-me-please"),
        Of("backups at no time", "Backups:At must be a time of day", "Backups:At=late"),
        Of("backups that anybody opens", "Backups:Passphrase must have at least", "Backups:Passphrase=short"),
        Of("a second place in the first", "Backups:CopyTo lies in Storage:Directory or in Backups:Directory", "Backups:Directory=/srv/copies;Backups:CopyTo=/srv/copies/second"),
        Of("a folder where there can be none", "Storage:Directory = '/proc/diaspora' cannot be written to", "Storage:Directory=/proc/diaspora"),
        new("many at once",
            ["Serilog:MinimumLevel:Default", "Dues:Fee = 'abc'", "Dues:DeadlineDays is not known", "Smtp:From is missing", "Site:BaseUrl is missing", "Kaspi:Link is still the example", "Admin:Password is missing"],
            [.. (Owner + "Serilog:MinimumLevel:Default=Loud;Dues:Fee=abc;Dues:DeadlineDays=3;Smtp:Host=smtp.example.kz;Kaspi:Link=https://pay.kaspi.kz/pay/...").Split(';')]),
        .. RefusedFolders.All,
    ]).ToDictionary(start => start.Name);

    private static RefusedStart Of(string name, string sentence, string settings) => new(name, [sentence], Split(settings));

    /// <summary>What stands in quotes is one value.</summary>
    private static string[] Split(string settings)
    {
        var parts = settings.Split('\'');
        return [.. parts.Length == 1 ? settings.Split(';', StringSplitOptions.RemoveEmptyEntries) : [.. (parts[0] + '\0').Split(';').Select(part => part.Replace("\0", parts[1], StringComparison.Ordinal))]];
    }
}
