using Diaspora.Tests.Hosting;

// One browser and one portal serve all journeys: starting them costs more than any of the tests.
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(PortalHost))]
