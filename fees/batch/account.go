package batch

import (
	"slices"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Account is where units and cost are: in stock, sold, lost. Every movement takes them from one account to another, so
// that the sum over all accounts is always zero.
type Account uint8

// The accounts, by the name that [Account.String] gives them.
const (
	Outside     Account = iota // "outside": suppliers, carriers, buyers: what the ledger does not hold
	Invoiced                   // "invoiced": what an invoice has left to be claimed by bills
	Billed                     // "billed": the counterpart of a bill, for its replacement
	Transit                    // "transit": on the way to the first warehouse
	Stock                      // "stock": in a warehouse and sellable
	Unsellable                 // "unsellable": in a warehouse and not sellable
	Awaiting                   // "awaiting": gone, at a cost that is known when the month has ended
	Sold                       // "sold": the goods of an order
	Charged                    // "charged": what an order cost beside its goods
	Lost                       // "lost"
	Disposed                   // "disposed"
	Corrected                  // "corrected": missing from a count
	Compensated                // "compensated": what others paid for a loss, negative
	Owed                       // "owed": sold before it arrived
	Short                      // "short": the counterpart of Owed, negative
	accounts
)

var accountNames = [accounts]string{
	"outside", "invoiced", "billed", "transit", "stock", "unsellable", "awaiting", "sold", "charged", "lost", "disposed",
	"corrected", "compensated", "owed", "short",
}

// String is the name of the account, "" when it is none.
func (a Account) String() string {
	if a < accounts {
		return accountNames[a]
	}
	return ""
}

// ParseAccount finds an account by its name; any other text is unknown_value.
func ParseAccount(name string) (Account, error) {
	if i := slices.Index(accountNames[:], name); i >= 0 {
		return Account(i), nil
	}
	return 0, problem.New(problem.UnknownValue, name, accountNames[:]...)
}

// gone reports whether units of the account have left the ledger's stock for good, but for a return.
func (a Account) gone() bool { return a == Sold || a == Lost || a == Disposed || a == Corrected }

// held reports whether units of the account are goods that the seller still has.
func (a Account) held() bool { return a == Transit || a == Stock || a == Unsellable || a == Awaiting }

// onShelf reports whether units of the account stay in a warehouse.
func (a Account) onShelf() bool { return a == Stock || a == Unsellable }

// Condition is whether units can be sold.
type Condition uint8

// The conditions.
const (
	Sellable    Condition = iota // "sellable"
	NotSellable                  // "unsellable"
)

// String is "sellable" or "unsellable".
func (c Condition) String() string {
	if c == NotSellable {
		return "unsellable"
	}
	return "sellable"
}

func (c Condition) account() Account {
	if c == NotSellable {
		return Unsellable
	}
	return Stock
}
