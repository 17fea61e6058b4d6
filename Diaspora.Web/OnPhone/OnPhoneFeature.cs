namespace Diaspora.Web.OnPhone;

/// <summary>The portal as an app: on the phone's first screen, said without a connection, and among what one shares a receipt with.</summary>
public static class OnPhoneFeature
{
    public static WebApplication MapOnPhone(this WebApplication app)
    {
        app.MapManifest();
        app.MapWorker();
        app.MapShare();
        return app;
    }
}
