using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Features.Imports;

// Open disputes of an earlier system.
internal sealed partial class ImportPlan
{
    private const int LongestNumber = 60;

    private readonly List<NewCase> _newCases = [];

    /// <summary>The cases since the last time.</summary>
    public IReadOnlyList<NewCase> TakeCases()
    {
        var cases = _newCases.ToArray();
        _newCases.Clear();
        return cases;
    }

    private void TakeCase(ImportRow row, SheetCounts counts)
    {
        var number = row.Text("number", LongestNumber, isRequired: true);
        var title = row.Text("title", 100, isRequired: true);
        var category = row.Word<Category>("category");
        var state = row.Word<CaseState>("state");
        var registeredOn = Past(row, "registeredOn", isRequired: true);
        var since = Past(row, "since") ?? registeredOn;
        var occurredOn = Past(row, "occurredOn");
        var place = OpenUnit(row);
        var source = row.Text("source") is null ? Source.Patrol : row.Word<Source>("source");
        var summary = row.Text("summary", 2000);
        var amount = Yuan(row);
        var parties = new[] { Party(row, PartyRole.Applicant, "applicant"), Party(row, PartyRole.Respondent, "respondent") };
        if (state is { } word && !Case.MayBeBroughtOver(word))
            row.Fault("state", FaultCode.StateNotBroughtOver, word);
        if (place is { Level: UnitLevel.City })
            row.Fault("unitCode", FaultCode.PlaceTooHigh);
        if (since < registeredOn)
            row.Fault("since", FaultCode.DaysInOrder);
        var centre = row.IsFaulty ? null : Centre(row, state!.Value, place!.Value);
        if (row.IsFaulty)
            return;

        var key = (District: place!.Value.AtLevel(UnitLevel.District)!.Value, Number: ImportWords.KeyOf(number!));
        if (_city.FormerNumbers.TryGetValue(key, out var known))
        {
            // What was brought over lives on here: a later file says nothing about it.
            if (known > 0)
                row.Fault("number", FaultCode.TwiceInFile, known);
            else
                counts.Unchanged++;
            return;
        }

        var mediation = state is CaseState.Assigned or CaseState.InMediation ? MediationOf(row, centre!.Value, state.Value) : null;
        if (row.IsFaulty)
            return;

        _city.FormerNumbers[key] = row.Number;
        Add(counts, ImportSheet.Cases, row, $"{number} {title}", number!, "BringOver", place, new { formerNumber = number, state });
        _newCases.Add(new NewCase(
            key.District, key.Number,
            new Predecessor(number!, state!.Value, LocalTime.StartOfDay(registeredOn!.Value), LocalTime.StartOfDay(since!.Value), centre!.Value, mediation, Texts.Text.Get("Imports", "ConsentBefore")),
            new Dispute { Title = title!, Summary = summary, Category = category!.Value, OccurredOn = occurredOn, Source = source!.Value, AmountInDispute = amount, Place = new Place(place.Value) },
            [.. parties.OfType<RegisterCase.PartyInput>()]));
    }

    /// <summary>The centre in charge: the one that is named, or the village's; a case that is only registered is where it began.</summary>
    private UnitCode? Centre(ImportRow row, CaseState state, UnitCode place)
    {
        if (state is CaseState.Registered)
            return place;
        if (!row.Has("heldBy") || row.Text("heldBy") is null)
            return place.AtLevel(UnitLevel.Village) ?? place;
        if (row.Unit("heldBy", _city) is not { } centre)
            return null;
        if (!centre.Contains(place) || centre.Level is UnitLevel.Grid or UnitLevel.City)
            row.Fault("heldBy", FaultCode.NotACentreOf, place);
        else if (!_city.Units.TryGetValue(centre, out var unit))
            row.Fault("heldBy", FaultCode.UnitUnknown, centre);
        else if (unit.IsClosedOn(_today))
            row.Fault("heldBy", FaultCode.UnitClosed, unit.SuccessorCode?.Value ?? "–");
        return centre;
    }

    /// <summary>Who mediates: an organisation around the centre in charge, and one of its mediators.</summary>
    private Mediation? MediationOf(ImportRow row, UnitCode centre, CaseState state)
    {
        if (row.Text("organisation", isRequired: true) is not { } name)
            return null;
        var around = (_organisations.GetValueOrDefault(ImportWords.KeyOf(name)) ?? []).Where(o => !o.IsClosedOn(_today) && (o.UnitCode.Contains(centre) || centre.Contains(o.UnitCode))).ToList();
        if (around.Count != 1)
        {
            row.Fault("organisation", around.Count == 0 ? FaultCode.OrganisationUnknown : FaultCode.OrganisationOfSeveral, name);
            return null;
        }

        var organisation = around[0];
        var mediator = row.Text("mediator", 64, isRequired: state is CaseState.InMediation);
        var user = mediator is null ? null : _city.Users.GetValueOrDefault(Users.UserNames.KeyOf(mediator));
        if (mediator is not null && user?.Roles.Exists(r => r.Role is Role.Mediator && r.OrganisationId == organisation.Id && !r.IsOverOn(_today)) is not true)
            row.Fault("mediator", FaultCode.NotItsMediator, organisation.Name);
        return new Mediation(
            organisation.Track, organisation.Id, user?.UserName, organisation.Track is MediationTrack.Judicial ? Entrustment.PreFiling : null, organisation.Kind,
            state is CaseState.InMediation ? MediatorChoice.Accepted : null);
    }

    private static RegisterCase.PartyInput? Party(ImportRow row, PartyRole role, string column)
    {
        var name = row.Text(column, 100, isRequired: role is PartyRole.Applicant);
        var idNumber = row.Text(column + "IdNumber", 50);
        var phone = row.Text(column + "Phone", LongestPhone);
        foreach (var (field, value) in new[] { (column + "IdNumber", idNumber), (column + "Phone", phone) })
        {
            if (value?.Contains('*', StringComparison.Ordinal) is true)
                row.Fault(field, FaultCode.NumberMasked);
            else if (value is not null && name is null)
                row.Fault(column, FaultCode.Required);
        }

        var kind = row.Text(column + "Kind") is null ? PartyKind.Person : row.Word<PartyKind>(column + "Kind");
        return name is null ? null : new RegisterCase.PartyInput(role, kind, name, idNumber, phone, null, null);
    }

    private DateOnly? Past(ImportRow row, string column, bool isRequired = false)
    {
        if (isRequired && row.Text(column, isRequired: true) is null)
            return null;
        var day = row.Day(column);
        if (day > _today)
            row.Fault(column, FaultCode.InFuture);
        return day;
    }

    private static decimal? Yuan(ImportRow row)
    {
        if (row.Text("amount") is not { } text)
            return null;
        if (TypedNumber.Yuan(text, out _) is { } amount
            && amount is >= 0 and <= FieldRules.MostYuan && decimal.Round(amount, 2) == amount)
        {
            return amount;
        }

        row.Fault("amount", FaultCode.NotAnAmount);
        return null;
    }
}

/// <summary>A dispute to be brought over.</summary>
/// <param name="District">The district in which its former number is one of a kind.</param>
/// <param name="Key">That number as numbers are compared.</param>
/// <param name="From">What the earlier system knew.</param>
/// <param name="Dispute">What it is about.</param>
/// <param name="Parties">Who it is about.</param>
internal sealed record NewCase(UnitCode District, string Key, Predecessor From, Dispute Dispute, IReadOnlyList<RegisterCase.PartyInput> Parties);
