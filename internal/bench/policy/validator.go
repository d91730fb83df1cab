package policy

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-playground/validator/v10"
)

// Validator is the twelve rules as struct tags of go-playground/validator.
type Validator struct{ validate *validator.Validate }

// tagged is an application with the rules in its tags. The materials are fields, for tags speak of fields.
type tagged struct {
	Kind                string `validate:"oneof=third_party self_operated"`
	Role                string `validate:"oneof=main sub"`
	Country             string `validate:"oneof=US GB DE ES FR IT RU AU ID"`
	Provider            bool   `validate:"required_if=Kind third_party"`
	CustomerCode        bool   `validate:"required_if=Kind third_party"`
	ContractPhoto       bool   `validate:"required_if=Kind third_party"`
	SystemScreenshot    bool   `validate:"required_if=Kind third_party"`
	Address             bool   `validate:"required_if=Kind self_operated"`
	ShippingCertificate bool   `validate:"required_if=Kind self_operated"`
	Clearance           bool   `validate:"required_if=Kind self_operated"`
	WarehousePhoto      bool   `validate:"required_if=Kind self_operated"`
	Stock               int64  `validate:"ne=0"`
}

// fieldCodes are the rules that the fields stand for.
var fieldCodes = map[string]string{
	"Provider": Rules[0], "CustomerCode": Rules[1], "ContractPhoto": Rules[2], "SystemScreenshot": Rules[3],
	"Address": Rules[4], "ShippingCertificate": Rules[5], "Clearance": Rules[6], "WarehousePhoto": Rules[7],
	"Stock": Rules[8], "Country": Rules[9], "Role": Rules[10], "Kind": Rules[11],
}

// NewValidator is a validator that has seen the struct.
func NewValidator() (*Validator, error) {
	v := &Validator{validator.New(validator.WithRequiredStructEnabled())}
	_, err := v.Codes(Passing()[0])
	return v, err
}

// Run validates an application that passes.
func (v *Validator) Run(c Combination) error {
	codes, err := v.Codes(c)
	if err == nil && len(codes) > 0 {
		err = fmt.Errorf("%v fire", codes)
	}
	return err
}

// Codes are the rules that fire.
func (v *Validator) Codes(c Combination) ([]string, error) {
	has := func(i int) bool { return slices.Contains(c.Materials, Materials[i]) }
	err := v.validate.Struct(&tagged{c.Kind, c.Role, c.Country, has(0), has(1), has(2), has(3), has(4), has(5), has(6), has(7), c.Stock})
	var fields validator.ValidationErrors
	if err != nil && !errors.As(err, &fields) {
		return nil, err
	}
	var codes []string
	for _, f := range fields {
		codes = append(codes, fieldCodes[f.StructField()])
	}
	return codes, nil
}
