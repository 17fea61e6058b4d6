namespace Diaspora.Web.Kaspi.Simulator;

/// <summary>Marks the texts of the bank to try it with.</summary>
public sealed class SimulatorTexts;
