using Diaspora.Domain.Members;
using Diaspora.Web.Members.Admin;

namespace Diaspora.Web.Members;

public static class MembersFeature
{
    public static WebApplicationBuilder AddMembers(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<MemberService>();
        builder.Services.AddScoped<MemberCardService>();
        builder.Services.AddScoped<MemberEditService>();
        builder.Services.AddHostedService<RefreshDuesTask>();
        builder.Services.AddScoped<MemberActions>();
        builder.Services.AddScoped<LedgerActions>();
        builder.Services.AddScoped<MemberEdits>();
        builder.Services.AddScoped<Reminders>();
        return builder;
    }
}
