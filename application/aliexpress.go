package application

import "github.com/overseaswarehouse/overseas/country"

// The words of the AliExpress policy, spelt once so that a program does not mistype them. Whether a material is
// needed, and what it has to show, is said by the policy document in package eligibility and nowhere here.
const (
	AliExpress = "aliexpress"

	MainAccount = "main"
	SubAccount  = "sub"

	ThirdParty   = "third_party"   // 第三方海外仓
	SelfOperated = "self_operated" // 自营海外仓

	LogisticsProviderKind    = "logistics_provider"            // 合作物流商
	CustomerCodeKind         = "customer_code"                 // 客户代码
	ContractPhotoKind        = "contract_photo"                // 与第三方物流商签订的合同照片
	SystemScreenshotKind     = "system_screenshot"             // 后台截图
	WarehouseAddressKind     = "warehouse_address"             // 海外仓地址
	ShippingCertificateKind  = "china_shipping_certificate"    // 中国发货证明
	ClearanceCertificateKind = "customs_clearance_certificate" // 海外通关证明
	WarehousePhotoKind       = "warehouse_photo"               // 仓库照片

	PartProviderName       = "provider_name"         // the provider's name
	PartInventoryQuery     = "inventory_query"       // 库存查询
	PartOrderManagement    = "order_management_page" // 订单管理页面
	PartRegistrationNumber = "registration_number"   // 报名ID
	PartLocalNewspaper     = "local_newspaper"       // 当地最近的报纸
	PartHouseNumber        = "house_number"          // 门牌号
	PartRealScene          = "real_scene"            // 仓库实景

	FormShippingReceipt    = "shipping_receipt"        // 发货底单
	FormShippingPhoto      = "shipping_photo"          // 发货拍照
	FormTrackingScreenshot = "tracking_screenshot"     // 物流跟踪详情截图
	FormTaxCertificate     = "tax_payment_certificate" // 缴税证明
)

// LogisticsProvider is the name of the third-party provider (合作物流商).
func LogisticsProvider(name string) Material {
	return Material{Kind: LogisticsProviderKind, Text: name}
}

// CustomerCode is the code that the provider gave its customer (客户代码).
func CustomerCode(code string) Material { return Material{Kind: CustomerCodeKind, Text: code} }

// ContractPhoto is a photo of the contract signed with the provider (与第三方物流商签订的合同照片).
func ContractPhoto(f File, shows ...string) Material {
	return Material{Kind: ContractPhotoKind, File: f}.WithShown(shows...)
}

// SystemScreenshot is a screenshot of the provider's system (后台截图) and what it shows: PartInventoryQuery,
// PartOrderManagement, PartProviderName. Several screenshots may share the parts among them.
func SystemScreenshot(f File, shows ...string) Material {
	return Material{Kind: SystemScreenshotKind, File: f}.WithShown(shows...)
}

// WarehouseAddress is the address of a self-operated warehouse (海外仓地址).
func WarehouseAddress(address string) Material {
	return Material{Kind: WarehouseAddressKind, Text: address}
}

// ShippingCertificate proves that goods left China (中国发货证明); form is one of the Form constants or a word of the policy.
func ShippingCertificate(f File, form string) Material {
	return Material{Kind: ShippingCertificateKind, File: f, Form: form}
}

// ClearanceCertificate proves that goods passed the destination's customs (海外通关证明).
func ClearanceCertificate(f File, form string) Material {
	return Material{Kind: ClearanceCertificateKind, File: f, Form: form}
}

// WarehousePhoto is the photo of a self-operated warehouse (仓库照片), the date of the newspaper in it, and what it
// shows: PartRegistrationNumber, PartLocalNewspaper, and PartHouseNumber or PartRealScene.
func WarehousePhoto(f File, newspaper country.Date, shows ...string) Material {
	return Material{Kind: WarehousePhotoKind, File: f, Dated: newspaper}.WithShown(shows...)
}
