using Diaspora.Domain.Export;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Overview;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Members.Admin.List;
using Diaspora.Web.Members.Duplicates.Admin;
using Diaspora.Web.Members.Export;
using Diaspora.Web.Members.Import;
using Diaspora.Web.Members.Import.Admin;

namespace Diaspora.Web.Members;

public static class MembersFeature
{
    public static WebApplicationBuilder AddMembers(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<MemberService>();
        builder.Services.AddScoped<MemberCardService>();
        builder.Services.AddScoped<OwnDataService>();
        builder.Services.AddScoped<WatchService>();
        builder.Services.AddScoped<DashboardService>();
        builder.Services.AddScoped<MemberEditService>();
        builder.Services.AddHostedService<RefreshListingsTask>();
        builder.Services.AddScoped<MemberActions>();
        builder.Services.AddScoped<OwedMonthsActions>();
        builder.Services.AddScoped<MemberEdits>();
        builder.Services.AddScoped<MemberCells>();
        builder.Services.AddScoped<Reminders>();
        builder.Services.AddScoped<MemberExportService>();
        builder.Services.AddScoped<DuplicateService>();
        builder.Services.AddScoped<DuplicateActions>();
        builder.Services.AddScoped<ImportService>();
        builder.Services.AddScoped<ImportAnswerService>();
        builder.Services.AddScoped<ImportWords>();
        builder.Services.AddSingleton<ImportProgress>();
        return builder;
    }

    public static WebApplication MapMembers(this WebApplication app)
    {
        app.MapMemberFiles();
        app.MapImport();
        app.MapOwnData();
        return app;
    }
}
