package conformance

// kinds says how the cases of a kind are run.
var kinds = map[string]translate{
	// numbers and rates
	"round": round, "rounding": roundPeer,
	"fx.multiply": fxMultiply, "fx.divide": fxDivide, "fx.triangulate": fxTriangulate, "fx": fxPeer,
	// currencies and countries
	"currency.minor_units": minorUnits, "currency.input": currencyInput,
	"country.alias": countryAlias, "country.input": countryInput, "country.no_fuzzy": noFuzzy,
	// customs
	"customs": customs, "duty_tax": dutyTax, "duty": dutyPeer, "specific_duty": specificDuty, "compound_duty": compoundDuty,
	"duty_vat_full": dutyVatFull, "option_choice": optionChoice, "de_minimis": deMinimis, "prepayment": prepayment,
	"tax": taxPeer, "tax_map": taxMap, "tax_effective_date": taxEffectiveDate, "landed_cost_quote": landedCost, "ddp_breakdown": ddp,
	// what is charged for
	"divisor": divisor, "rule": sideRule, "volumetric": volumetric,
	"lcl_wm": lclWM, "first_leg_lcl": firstLegLCL, "local_delivery_wm": weightOrMeasurement, "packing_by_weight": packingByWeight,
	// tables
	"bracket": brackets, "bracket_validation": bracketValidation, "range": valueRange, "limit": limits,
	"tier_whole": tierWhole, "tier_percent_whole": tierPercentWhole, "tier_validation": tierValidation, "threshold": threshold,
	"tiered_fee": tieredFee, "first_next_fee": firstNext, "freight_step": freightStep, "handling_weight_tier": weightTiers,
	// charges
	"clamp_fee": clampFee, "percent_of_value": percentOfValue, "percent_with_cap": percentWithCap, "rule_price": rulePrice,
	"margin_and_free_over": marginAndFreeOver, "eligibility": eligibility, "estimated_vs_real": estimatedVsReal,
	"handling_per_package": perPackage, "handling_first_additional": firstAdditional, "multi_parcel": multiParcel,
	"surcharge": surcharges, "markup": markup, "fee_dependency": feeDependency, "charge_on_charge": chargeOnCharge,
	"min_collectible": minCollectible, "min_payable": minPayable, "import_validation": importValidation, "breakdown_invariant": breakdown,
	// postal codes
	"postal_range": postalRange, "postal_rule_combination": postalRules, "zone_zip": zoneZip,
	// storage
	"storage_weekly_min_volume": weeklyMinVolume, "storage_free_days": freeDays, "storage_age_tiers": ageTiers,
	// two collections have this kind with other fields
	"chargeable_weight": func(r *run) {
		if r.in.has("dims") {
			chargeableWeight(r)
		} else {
			chargeablePeer(r)
		}
	},
}

const spreading = "spreading a cost over goods and the batches they come from is not a fee of a card"

// elsewhere are the kinds and topics that are not about what this package covers.
var elsewhere = map[string]string{
	"allocate": spreading, "allocate.error": spreading, "allocate.divergence": spreading,
	"allocation": spreading, "allocation_invariant": spreading, "manual_allocation": spreading,
	"draw_down": spreading, "batch_release": spreading, "unit_release": spreading, "release_already_sold": spreading,
	"landed_cost_valuation": spreading, "claim_cap": spreading,
	"refund": "what a seller gives back to a buyer is not a fee"}

// elsewhere says why a case is not about what this package covers.
func (c *record) elsewhere() (why string, ok bool) {
	why, ok = elsewhere[c.kind+c.topic]
	return why, ok
}

// skipped are single cases that are left out, by id, each with its reason.
var skipped = map[string]string{}
