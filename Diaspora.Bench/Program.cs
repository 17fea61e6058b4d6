using Diaspora.Bench;

// dotnet run -c Release --project Diaspora.Bench -- pages|services|live|receipts
return args switch
{
    ["pages"] => await PagesBench.RunAsync(),
    ["services"] => await ServicesBench.RunAsync(),
    ["live"] => await LiveBench.RunAsync(),
    ["receipts"] => await ReceiptsBench.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: pages (CPU of public pages) | services (cabinet, queue, confirm) | live (a confirm seen in another browser) | receipts (a photo made ready)");
    return 2;
}
